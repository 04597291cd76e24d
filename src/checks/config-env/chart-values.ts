import { chartOf, chartOfValues, valueNames } from '../../facts/config/chart-templates.ts'
import type { ConfigReference } from '../../facts/config/config-entry.ts'
import type { ConfigFactsOfChange, ConfigFile } from '../../facts/config/config-facts.ts'
import { configKind } from '../../facts/config/config-family.ts'
import type { Exposure } from '../define-check.ts'
import { type Groups, isDeployed } from './sibling-pairs.ts'

/** Kubernetes takes them with nothing in them. */
const MAY_BE_EMPTY =
  /(?:^|\.)(?:labels|annotations|tolerations|affinity|nodeSelector|resources|podLabels|podAnnotations)$/

/** A template that prints a value its chart does not have: it comes out empty, in every environment that sets none. */
export function missingChartValues(facts: ConfigFactsOfChange, groups: Groups): readonly Exposure[] {
  return facts.files.flatMap(({ base, head }): readonly Exposure[] => {
    const chart = head === null ? null : chartOf(head.path)
    const values = chart === null ? undefined : (changedValues(facts, chart) ?? facts.chartValues.get(chart))
    if (head === null || chart === null || values?.parsed.status !== 'parsed' || head.parsed.status !== 'parsed')
      return []
    const before = new Set(
      base?.parsed.status === 'parsed' ? base.parsed.references.map((reference) => reference.name) : [],
    )
    const guards = guardsIn(head.parsed.references)
    const printed = printedBefore(facts, chart)
    const has = valueNames(values)
    const isGiven = (name: string): boolean =>
      has.has(name) ||
      setEverywhere(name, values, facts, groups) ||
      setInOverlays(name, chart, facts) ||
      isSetAtInstall(name, facts)
    const said = new Set<string>()
    return head.parsed.references.flatMap((reference): readonly Exposure[] => {
      const { name } = reference
      if (
        reference.kind !== 'chart-value' ||
        reference.optional ||
        before.has(name) ||
        printed.has(name) ||
        isGuarded(name, guards) ||
        said.has(name)
      )
        return []
      if (name.startsWith('global.') || isGiven(name)) return []
      said.add(name)
      return [
        {
          kind: 'chart-value-undefined',
          // A chart that is new runs nowhere yet, and what another value switches on may be set where that is.
          severity:
            isNewChart(facts, chart) ||
            reference.conditional === true ||
            MAY_BE_EMPTY.test(name) ||
            isGivenOutside(name, before, isGiven)
              ? 'low'
              : 'medium',
          at: { path: head.path, startLine: reference.line, endLine: reference.line, side: 'head' },
          says: `The template newly prints \`.Values.${name}\`, which ${values.path} does not have: where no environment sets it, it comes out empty.`,
          remedy: `Add \`${name}\` with a default to ${values.path}, or use "default" or "required" in the template.`,
          evidence: [],
          within: head.path,
          anchor: name,
        },
      ]
    })
  })
}

/** Most of what the template printed of this section before is not here either: whoever installs the chart gives it. */
function isGivenOutside(name: string, before: ReadonlySet<string>, isGiven: (name: string) => boolean): boolean {
  const section = name.slice(0, name.lastIndexOf('.') + 1)
  const beside = section === '' ? [] : [...before].filter((other) => other.startsWith(section))
  return beside.length >= 2 && beside.filter(isGiven).length * 2 < beside.length
}

/** Another template of the chart asked for it before: whoever installs the chart gives it. */
function printedBefore(facts: ConfigFactsOfChange, chart: string): ReadonlySet<string> {
  const changed = facts.files.flatMap(({ base }) =>
    base !== null && chartOf(base.path) === chart && base.parsed.status === 'parsed' ? base.parsed.references : [],
  )
  const unchanged = facts.templates
    .filter(({ path }) => path.startsWith(`${chart}/templates/`))
    .flatMap(({ references }) => references)
  return new Set([...changed, ...unchanged].map(({ name }) => name))
}

function changedValues(facts: ConfigFactsOfChange, chart: string): ConfigFile | null {
  return (
    facts.files.find(
      ({ head }) =>
        head !== null && /^values\.ya?ml$/.test(head.path.slice(chart.length + 1)) && head.path.startsWith(`${chart}/`),
    )?.head ?? null
  )
}

/** A value that a chart lost while a template still prints it, and that not every environment sets by itself. */
export function removedChartValues(facts: ConfigFactsOfChange, groups: Groups): readonly Exposure[] {
  return facts.files.flatMap(({ file, base, head }): readonly Exposure[] => {
    const chart = base === null ? null : chartOfValues(base.path)
    if (chart === null || base?.parsed.status !== 'parsed' || head?.parsed.status !== 'parsed') return []
    const [before, now] = [valueNames(base), valueNames(head)]
    const said = new Set<string>()
    return readsOf(facts, chart).flatMap(({ path, line, name }): readonly Exposure[] => {
      if (now.has(name) || !before.has(name) || said.has(name) || setEverywhere(name, head, facts, groups)) return []
      if (setInOverlays(name, chart, facts)) return []
      said.add(name)
      const lost =
        base.parsed.status === 'parsed' ? base.parsed.entries.find((entry) => isAtOrUnder(entry.path, name)) : undefined
      const parent = name.slice(0, Math.max(0, name.lastIndexOf('.')))
      const harm =
        parent !== '' && !now.has(parent)
          ? `\`${parent}\` is gone altogether, so the chart no longer renders`
          : 'where no environment sets it, it comes out empty'
      return [
        {
          kind: 'chart-value-removed',
          severity: 'medium',
          at: { path: file.path, startLine: lost?.line ?? 1, endLine: lost?.line ?? 1, side: 'base' },
          says: `\`${name}\` was removed from the values, but ${path}:${line} still prints it: ${harm}.`,
          remedy: `Remove the read of \`.Values.${name}\` in the same change, or keep the value.`,
          evidence: [],
          within: file.path,
          anchor: name,
        },
      ]
    })
  })
}

/** What the templates of a chart print plainly, as the head has them. */
function readsOf(facts: ConfigFactsOfChange, chart: string): readonly (ConfigReference & { readonly path: string })[] {
  const changed = facts.files.flatMap(({ head }) =>
    head !== null && chartOf(head.path) === chart && head.parsed.status === 'parsed'
      ? [{ path: head.path, references: head.parsed.references }]
      : [],
  )
  const unchanged = facts.templates.filter(({ path }) => path.startsWith(`${chart}/templates/`))
  return [...changed, ...unchanged].flatMap(({ path, references }) => {
    const guards = guardsIn(references)
    return references
      .filter(({ kind, name }) => kind === 'chart-value' && !isGuarded(name, guards))
      .map((reference) => ({ ...reference, path }))
  })
}

function guardsIn(references: readonly ConfigReference[]): readonly string[] {
  return references.filter(({ optional }) => optional).map(({ name }) => name)
}

/** The template asks for it, for its section, or whether its section is enabled. */
function isGuarded(name: string, guards: readonly string[]): boolean {
  return guards.some((guard) => name === guard || name.startsWith(`${guard.replace(/\.enabled$/, '')}.`))
}

/** Every deployed environment that is laid over these values says it by itself. */
function setEverywhere(name: string, values: ConfigFile, facts: ConfigFactsOfChange, groups: Groups): boolean {
  const key = name.split('.').join('\u0000')
  const own = groups.head.get(values.group)
  const over =
    own !== undefined && own.views.size > 0
      ? [own]
      : [...groups.head.values()].filter(({ group }) =>
          facts.inherits.get(group)?.head.some(({ path }) => path === values.path),
        )
  const views = over.flatMap((group) => [...group.views.values()]).filter(({ environment }) => isDeployed(environment))
  return views.length > 0 && views.every((view) => view.effective.has(key) || view.sections.has(key))
}

/** Each file of values in the chart's own folder says it, whatever its environment is called. */
function setInOverlays(name: string, chart: string, facts: ConfigFactsOfChange): boolean {
  const over = facts.chartOverlays.get(chart) ?? []
  return over.length > 0 && over.every((file) => valueNames(file).has(name))
}

/** A script or a pipeline names it, as `--set pay.url=…`. */
function isSetAtInstall(name: string, facts: ConfigFactsOfChange): boolean {
  return (facts.mentions.get(name) ?? []).some(
    ({ how, at }) => how === 'passed' && configKind(at.path)?.family !== 'helm-values',
  )
}

function isNewChart(facts: ConfigFactsOfChange, chart: string): boolean {
  return facts.files.some(({ file, base }) => chartOfValues(file.path) === chart && base === null)
}

function isAtOrUnder(path: readonly string[], name: string): boolean {
  const text = path.join('.')
  return text === name || text.startsWith(`${name}.`)
}
