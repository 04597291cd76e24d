import type { ConfigEntry } from '../../facts/config/config-entry.ts'
import type { ConfigFactsOfChange, ConfigFile, Mention } from '../../facts/config/config-facts.ts'
import { configKind } from '../../facts/config/config-family.ts'
import { SETTINGS_FILE } from '../../facts/config/config-gem.ts'
import type { EnvRead } from '../../facts/config/env-reads.ts'
import { placeOf } from '../../facts/config/environments.ts'
import { matchesPattern } from '../../facts/config/name-pattern.ts'
import type { Evidence, Exposure, Severity } from '../define-check.ts'
import { shareShown } from './custom.ts'
import { isAddress, isTooling, PROVIDED } from './variable-names.ts'

/** Written by the build into files of its own. */
const BUILT = /^(?:git|build|info|local\.server)\./
/** Variables that the change newly reads and what is known of them. Covered where a default, a definition or a document answers. */
export function newReads(facts: ConfigFactsOfChange, provided: readonly string[]): readonly Exposure[] {
  const before = new Set(facts.reads.flatMap(({ base }) => base.map((read) => read.name)))
  const share = shareShown(before, facts)
  const said = new Set<string>()
  return facts.reads.flatMap(({ file, head }) => {
    if (isTooling(file.path) || file.role === 'docs') return []
    return head.flatMap((read): readonly Exposure[] => {
      if (before.has(read.name) || said.has(read.name) || facts.readElsewhere.has(read.name)) return []
      if (read.kind === 'property' && BUILT.test(read.name)) return []
      if (PROVIDED.test(read.name) || provided.some((pattern) => matchesPattern(pattern, read.name))) return []
      said.add(read.name)
      return [exposure(read, file.path, facts, share)]
    })
  })
}

/** So many of the older names must be shown before a new one is missed there. */
const HALF = 1 / 2
const MOST = 4 / 5
const LISTENS = /(?:^|_)(?:LISTEN|BIND)(?:_|$)/i

function exposure(read: EnvRead, path: string, facts: ConfigFactsOfChange, share: number | null): Exposure {
  const what = read.kind === 'variable' ? 'variable' : 'configuration key'
  const found = evidenceFor(read, path, facts.mentions.get(read.name) ?? [])
  const evidence = found.length > 0 ? found : [...givenBySettings(read, facts), ...newlyTakenWhole(facts)].slice(0, 1)
  const looked = facts.searched.truncated
    ? 'in the files that could be looked at'
    : 'by any example, environment file, manifest or document here'
  return {
    kind: 'read-but-undefined',
    severity: severityOf(read, path, facts, evidence.length > 0, share),
    at: { path, startLine: read.line, endLine: read.line, side: 'head' },
    says:
      evidence.length > 0
        ? `The code newly reads the ${what} \`${read.name}\`.`
        : `The code newly reads the ${what} \`${read.name}\`, which is neither defined nor documented ${looked}${fallsBackToItself(read) ? ', and calls its own machine without it' : read.form === 'required' ? ', and fails without it' : ''}.`,
    remedy:
      read.kind === 'setting'
        ? `Add \`${read.name}\` to the shared file of settings, or to that of every environment.`
        : `Add \`${read.name}\` to the example file and to every environment, or give it a default in the code.`,
    evidence,
    within: path,
    anchor: read.name,
  }
}

/** A module of settings for one environment gives the name a value of its own: `config/envs/production.py`. */
function givenBySettings({ name }: EnvRead, facts: ConfigFactsOfChange): readonly Evidence[] {
  return facts.files.flatMap(({ head }): readonly Evidence[] => {
    if (head?.kind.family !== 'settings' || head.environment?.tier !== 'production' || head.parsed.status !== 'parsed')
      return []
    const entry = head.parsed.entries.find(({ path }) => path.at(-1) === name)
    if (entry === undefined) return []
    const at = { path: head.path, startLine: entry.line, endLine: entry.line, side: 'head' as const }
    return [{ kind: 'config', says: 'production has its own value', at }]
  })
}

/** A manifest newly takes a whole secret or ConfigMap into the environment: the variable may well be in it. */
function newlyTakenWhole(facts: ConfigFactsOfChange): readonly Evidence[] {
  return facts.files.flatMap(({ base, head }): readonly Evidence[] => {
    const taken = wholeSources(head)
    const [first] = taken
    if (first === undefined || head === null || taken.length <= wholeSources(base).length) return []
    const at = { path: head.path, startLine: first.line, endLine: first.line, side: 'head' as const }
    return [{ kind: 'config', says: 'a secret or ConfigMap that is newly taken whole may hold it', at }]
  })
}

function wholeSources(file: ConfigFactsOfChange['files'][number]['head']): readonly ConfigEntry[] {
  return file?.parsed.status === 'parsed' ? file.parsed.entries.filter(({ path }) => path.includes('envFrom')) : []
}

function evidenceFor(read: EnvRead, path: string, mentions: readonly Mention[]): readonly Evidence[] {
  const words: Readonly<Record<Mention['how'], string>> = {
    defined: 'it is defined here',
    default: 'the application has a default of its own',
    example: 'the example file shows it',
    documented: 'it is documented here',
    passed: 'it is passed on here',
  }
  const at = { path, startLine: read.line, endLine: read.line, side: 'head' as const }
  if (mentions.length > 0)
    return mentions
      .slice(0, 2)
      .map((mention): Evidence => ({ kind: 'config', says: words[mention.how], at: mention.at }))
  if (fallsBackToItself(read)) return []
  if (read.form === 'default') return [{ kind: 'config', says: 'the code has a default', at }]
  if (read.form === 'optional') return [{ kind: 'config', says: 'the code asks whether it is set', at }]
  return []
}

/** The default is an address of this machine: right for a developer, and a silent failure everywhere else. */
function fallsBackToItself({ fallback, name }: EnvRead): boolean {
  // Where it listens is this machine by nature.
  if (LISTENS.test(name)) return false
  const shape = fallback?.shape
  return (shape?.kind === 'url' || shape?.kind === 'host') && shape.hostClass === 'local'
}

/** Nothing works without the address of what it calls, while a key of an extra service may well be absent. */
function isNeeded({ name, form, kind }: EnvRead): boolean {
  if (kind === 'setting') return form === 'plain'
  if (kind === 'property') return form === 'required'
  // Programs of one person have names in small letters.
  if (!/[A-Z]/.test(name)) return false
  return form === 'required' || (form === 'plain' && isAddress(name))
}

/** An environment file counts for the code of its folder; manifests and charts stand apart from the code they run. */
function isShownNearby(path: string, kind: EnvRead['kind'], places: readonly string[]): boolean {
  if (kind === 'setting') return places.some((place) => SETTINGS_FILE.test(place))
  return places.some(
    (place) =>
      !SETTINGS_FILE.test(place) &&
      (!/\.env|env\./.test(place) || path.startsWith(place.slice(0, place.lastIndexOf('/') + 1))),
  )
}

/** Too few older names to tell a custom: a file of variables above the code is one. */
function isListed(path: string, places: readonly string[]): boolean {
  return places.some(
    (place) => configKind(place)?.family === 'dotenv' && path.startsWith(place.slice(0, place.lastIndexOf('/') + 1)),
  )
}

function severityOf(
  read: EnvRead,
  path: string,
  facts: ConfigFactsOfChange,
  covered: boolean,
  share: number | null,
): Severity {
  if (covered) return read.form === 'default' || read.form === 'optional' ? 'low' : 'medium'
  // Where nothing shows or sets variables, a new one breaks no custom; where not all was looked at, or a secret is taken whole, it may stand in the rest.
  if (facts.searched.truncated || facts.takenWhole || !isShownNearby(path, read.kind, facts.places)) return 'low'
  // Who goes on without a name says less of what it needs, so that the custom must be plainer.
  const strict = read.form === 'required' || read.kind !== 'variable'
  const customary = share === null ? strict || isListed(path, facts.places) : share >= (strict ? HALF : MOST)
  return customary && (isNeeded(read) || fallsBackToItself(read)) ? 'medium' : 'low'
}

/** A variable whose last definition the change removed while code still reads it. */
export function removedButRead(facts: ConfigFactsOfChange): readonly Exposure[] {
  const kept = new Set(facts.files.flatMap(({ head }) => variableNames(head)))
  const reads = new Map(
    facts.reads.flatMap(({ file, head }) =>
      head.map(
        (read) =>
          [
            read.name,
            {
              at: { path: file.path, startLine: read.line, endLine: read.line, side: 'head' as const },
              form: read.form,
            },
          ] as const,
      ),
    ),
  )
  const said = new Set<string>()
  return facts.files.flatMap(({ base, head }): readonly Exposure[] => {
    if (base?.parsed.status !== 'parsed' || base.kind.family === 'workflow' || base.kind.example) return []
    return base.parsed.entries.flatMap((entry): readonly Exposure[] => {
      const name = entry.path.at(-1) ?? ''
      if (!entry.variable || kept.has(name) || said.has(name) || PROVIDED.test(name)) return []
      if (
        (facts.mentions.get(name) ?? []).some(
          (mention) => mention.how === 'defined' || mention.how === 'default' || mention.how === 'passed',
        )
      )
        return []
      const reader = reads.get(name) ?? facts.readElsewhere.get(name)?.[0]
      if (reader === undefined) return []
      const { at } = reader
      said.add(name)
      const evidence: readonly Evidence[] =
        reader.form === 'default' || reader.form === 'optional'
          ? [{ kind: 'config', says: 'the code goes on without it', at }]
          : []
      return [
        {
          kind: 'removed-but-read',
          severity:
            reader.form === 'required' &&
            !facts.searched.truncated &&
            !(head === null && runs(base)) &&
            !isApart(base, at.path)
              ? 'medium'
              : 'low',
          at: { path: base.path, startLine: entry.line, endLine: entry.line, side: 'base' },
          says: `The last definition of \`${name}\` was removed, but ${at.path}:${at.startLine} still reads it.`,
          remedy: `Keep \`${name}\` until no code reads it, or remove the read in the same change.`,
          evidence,
          within: base.path,
          anchor: name,
        },
      ]
    })
  })
}

/** It says what runs; with it, what ran is gone. */
function runs({ kind }: ConfigFile): boolean {
  return ['compose', 'manifest', 'helm-values', 'platform'].includes(kind.family)
}

/** The reader is the configuration of another environment, or of one that this file never ran: `application-preprod.yml` beside Compose. */
function isApart({ environment, kind }: ConfigFile, reader: string): boolean {
  const theirs = placeOf(reader, []).environment
  // What only developers had was never what the others have.
  if (environment?.tier === 'development' || environment?.tier === 'test') return true
  if (theirs === null) return false
  return environment === null ? kind.family === 'compose' : environment.tier !== theirs.tier
}

function variableNames(file: ConfigFactsOfChange['files'][number]['head']): readonly string[] {
  return file?.parsed.status === 'parsed'
    ? file.parsed.entries.filter((entry) => entry.variable).map((entry) => entry.path.at(-1) ?? '')
    : []
}
