import { createHash } from 'node:crypto'
import type { BehaviourOfChange } from '../../facts/behaviour/behaviour-facts.ts'
import type { NewWayIn } from '../../facts/behaviour/new-ways-in.ts'
import { reachedFrom } from '../../facts/behaviour/reach.ts'
import type { Exposure } from '../define-check.ts'
import { gateEvidence } from './gate-evidence.ts'
import { type ChangeSize, isInternal, severityOf, tellingWords } from './severity-of.ts'
import { remedyOf, saysOf } from './wording.ts'

/**
 * An exposure for each new way in; those with a gate carry it as evidence. A contract repeats what code already says.
 * `hasOtherCode`: the change has code in a language that is not read, which may serve a contract.
 */
export function ungatedWaysIn(
  fresh: readonly NewWayIn[],
  behaviour: BehaviourOfChange,
  { hasOtherCode, title }: { readonly hasOtherCode: boolean; readonly title: string },
): readonly Exposure[] {
  const inCode = fresh.filter(({ head }) => head.code !== null)
  const kept = fresh.filter((way) => way.head.code !== null || !isSaidInCode(way, inCode))
  const size = {
    writing: kept.filter(({ head, entry }) => entry.writes && head.code !== null && isAskedFor(entry)).length,
    added: behaviour.files.reduce((sum, { file, head }) => sum + (head?.code ? file.additions : 0), 0),
    hasPage: behaviour.files.some(({ file, head }) => head !== null && isShown(file.path)),
    isForStaff: isInternal(title),
    flagWords: flagWordsOf(behaviour),
  }
  const names = namesInCode(behaviour)
  return kept.map((way) => {
    const exposure = exposureOf(way, size, behaviour)
    return way.head.code === null && !hasOtherCode && !isServedHere(way, names)
      ? { ...exposure, severity: 'low' }
      : exposure
  })
}

/** Of flags that are listed, and of flags that the changed files ask or asked. */
function flagWordsOf({ files, practice }: BehaviourOfChange): ReadonlySet<string> {
  const asked = files.flatMap(({ base, head }) => [...(base?.gates ?? []), ...(head?.gates ?? [])])
  const keys = asked.flatMap(({ live, key }) => (live && key !== null ? [key] : []))
  const listed = [...practice.flagKeys.map(({ key }) => key), ...practice.listedFlags]
  return new Set([...keys, ...listed].flatMap(tellingWords))
}

/** What people look at and click on. */
function isShown(path: string): boolean {
  return /\.(?:tsx|jsx|vue|svelte|html?|jinja2?|tmpl|templ|ejs|hbs)$/.test(path)
}

/** Somebody outside asks for it, at a time of their own. */
function isAskedFor({ kind }: NewWayIn['entry']): boolean {
  return kind === 'route' || kind === 'action' || kind === 'resolver'
}

/** What the changed code of the server defines. */
function namesInCode({ files }: BehaviourOfChange): readonly string[] {
  return files.flatMap(({ head }) => {
    const shape = head?.code?.shape
    if (shape === undefined) return []
    const bound = shape.calls.flatMap(({ boundTo }) => boundTo ?? [])
    return [...shape.functions, ...shape.exports, ...shape.classes]
      .map(({ name }) => name)
      .concat(bound)
      .map(lastWord)
  })
}

/** A contract alone may be the copy of another service's: no code of the change serves it. */
function isServedHere({ entry }: NewWayIn, names: readonly string[]): boolean {
  const name = lastWord(entry.identity)
  return names.some((one) => one.startsWith(name))
}

/** `Mutation.refundCreate` in the SDL, and its resolver in the code. A description of routes that stand in the code adds none. */
function isSaidInCode({ entry }: NewWayIn, inCode: readonly NewWayIn[]): boolean {
  if (entry.kind === 'route' && inCode.some((other) => other.entry.kind === 'route')) return true
  const name = lastWord(entry.identity)
  return inCode.some((other) => lastWord(other.entry.identity) === name || lastWord(other.entry.handler ?? '') === name)
}

function lastWord(identity: string): string {
  return (identity.split(/[\s./]/).at(-1) ?? '').replace(/_/g, '').toLowerCase()
}

function exposureOf(way: NewWayIn, size: ChangeSize, behaviour: BehaviourOfChange): Exposure {
  const { file, head, entry } = way
  const reached = reachedFrom(file.path, head, entry, behaviour.files)
  return {
    kind: `ungated-${entry.kind}`,
    severity: severityOf(file.path, entry, reached, size),
    at: { path: file.path, startLine: entry.span.startLine, endLine: entry.span.endLine, side: 'head' },
    says: saysOf(entry),
    remedy: remedyOf(entry, behaviour),
    evidence: gateEvidence(way, reached, behaviour),
    within: entry.handler ?? '',
    anchor: createHash('sha256').update(`${entry.kind} ${entry.identity}`).digest('hex').slice(0, 16),
  }
}
