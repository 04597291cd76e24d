import { createHash } from 'node:crypto'
import type { ChangedFile, Location } from '../../change/change.ts'
import type { Behaviour, BehaviourOfChange, BehaviourOfFile, FlagGate } from '../../facts/behaviour/behaviour-facts.ts'
import { lastPart } from '../../facts/behaviour/name-match.ts'
import { encloses, type Span } from '../../facts/code/code-shape.ts'
import type { Exposure, Severity } from '../define-check.ts'
import { tellingWords } from './change-around.ts'
import { manifestWithout, nearestKey } from './flag-keys.ts'

/** What can be wrong with a flag itself. Only flags that can be turned while the program runs are judged. */
export function flagHygiene(behaviour: BehaviourOfChange, title: string): readonly Exposure[] {
  const known = new Set(behaviour.files.flatMap(({ base }) => (base?.gates ?? []).map((gate) => gate.key)))
  const asked = behaviour.files.flatMap(({ base }) =>
    (base?.gates ?? []).flatMap((gate) => (gate.live && gate.key !== null ? [gate.key] : [])),
  )
  return behaviour.files.flatMap((one) => [
    ...freshGates(one, known).flatMap((gate) => faultsOf(gate, one, behaviour, asked)),
    ...onInManifest(one),
    ...wrongSides(one, behaviour, title),
  ])
}

function freshGates({ head }: BehaviourOfFile, known: ReadonlySet<string | null>): readonly FlagGate[] {
  return (head?.gates ?? []).filter((gate) => gate.live && gate.key !== null && !known.has(gate.key))
}

function faultsOf(
  gate: FlagGate,
  { file, head }: BehaviourOfFile,
  { practice }: BehaviourOfChange,
  asked: readonly string[],
): readonly Exposure[] {
  const key = gate.key ?? ''
  const found: Exposure[] = []
  if (gate.fallback === true && !keepsOldBehaviour(key))
    found.push(
      fault('flag-on-by-default', 'medium', file, gate, {
        says: `The new flag \`${key}\` is on when ${gate.tool} cannot be asked: an outage of the flag service turns the feature on for everybody`,
        remedy: 'Use `false` as its fallback, so that a failure leaves the old behaviour',
      }),
    )
  if (head !== null && isAskedAtImport(gate, head))
    found.push(
      fault('flag-asked-at-import', 'medium', file, gate, {
        says: `The flag \`${key}\` is asked once, when the module is loaded: turning it off has no effect until a restart`,
        remedy: 'Ask it where the behaviour is decided, for each request or run',
      }),
    )
  const missing = missingIn(key, practice.flagKeys, asked)
  if (missing !== null) found.push(fault('flag-not-in-manifest', missing.severity, file, gate, missing))
  return found
}

function missingIn(
  key: string,
  keys: BehaviourOfChange['practice']['flagKeys'],
  asked: readonly string[],
): { readonly severity: Severity; readonly says: string; readonly remedy: string } | null {
  const never = 'a key that nobody defines is always off, or always its fallback'
  const near = nearestKey(key, keys)
  if (near !== null)
    return {
      severity: 'medium',
      says: `The flag \`${key}\` is not in ${near.path}, which has \`${near.key}\`: ${never}`,
      remedy: `Use \`${near.key}\`, or add \`${key}\` to the manifest`,
    }
  const manifest = manifestWithout(key, keys, asked)
  if (manifest === null) return null
  return {
    severity: manifest.isKept ? 'medium' : 'low',
    says: `The flag \`${key}\` is not in ${manifest.path}: ${never}`,
    remedy: `Add \`${key}\` to ${manifest.path}, off`,
  }
}

/** A flag that is new in its manifest, and on there. */
function onInManifest({ file, base, head }: BehaviourOfFile): readonly Exposure[] {
  const old = new Set((base?.flagDefaults ?? []).map((one) => one.key))
  return (head?.flagDefaults ?? [])
    .filter((one) => one.isOn && !old.has(one.key) && !keepsOldBehaviour(one.key))
    .map((one) => ({
      kind: 'flag-on-by-default',
      severity: 'medium',
      at: { path: file.path, startLine: one.line, endLine: one.line, side: 'head' },
      says: `The new flag \`${one.key}\` is on from the start: it switches the feature on for everybody at deploy`,
      remedy: 'Let it start off, and turn it on where you can watch it',
      evidence: [],
      within: one.key,
      anchor: createHash('sha256').update(`on ${one.key}`).digest('hex').slice(0, 16),
    }))
}

/** A kill switch keeps what is there; it may be on. */
function keepsOldBehaviour(key: string): boolean {
  return /kill|disable|block|maintenance|legacy|\bops\b|allow/i.test(key)
}

/** Not in any function, and no decorator, hook or element: those are asked again each time. */
function isAskedAtImport(gate: FlagGate, { code }: Behaviour): boolean {
  if (code === null || gate.owner !== null || gate.wraps.length > 0 || gate.tool === 'in-house flags') return false
  if (code.shape.functions.some((one) => encloses(one.span, gate.span))) return false
  const site = code.shape.calls.find((one) => one.span.start === gate.span.start)
  return site !== undefined && site.form === 'call' && !/^use[A-Z]/.test(lastPart(site.callee))
}

/**
 * The flag is gone, and of the two sides the one stays that ran while it was off. Told by what only that side called. A flag
 * that another file asks now has moved, and one whose sides another flag chooses between was exchanged.
 */
function wrongSides(
  { file, base, head }: BehaviourOfFile,
  { files }: BehaviourOfChange,
  title: string,
): readonly Exposure[] {
  if (base === null || head === null || base.code === null || head.code === null) return []
  const still = new Set(files.flatMap((one) => (one.head?.gates ?? []).map((gate) => gate.key)))
  const open = head.code.shape.calls.filter(({ span }) => !isChosenBetween(span, head))
  const calledNow = new Set(head.code.shape.calls.map((one) => one.callee))
  const calledOpenly = new Set(open.map((one) => one.callee))
  return base.gates
    .filter((gate) => gate.live && gate.key !== null && !still.has(gate.key))
    .flatMap((gate) => {
      const on = calledIn(base, gate.on)
      const off = calledIn(base, gate.off)
      const onlyOn = [...on].filter((name) => !off.has(name))
      const onlyOff = [...off].filter((name) => !on.has(name))
      const lost = onlyOn.length > 0 && onlyOn.every((name) => !calledNow.has(name))
      const kept = onlyOff.length > 0 && onlyOff.every((name) => calledOpenly.has(name))
      if (!lost || !kept) return []
      const says = `The flag \`${gate.key}\` was removed and the side was kept that ran while it was off (\`${onlyOff[0]}\`): those for whom it was on lose the feature`
      const remedy = `Keep the side that ran while it was on (\`${onlyOn[0]}\`), or say in the description that the feature is given up`
      const severity = isGivenUp(gate.key ?? '', title) ? 'low' : 'medium'
      return [fault('flag-removed-wrong-side', severity, file, gate, { says, remedy }, 'base')]
    })
}

/** On a side of another flag that may be turned. */
function isChosenBetween(span: Span, { gates }: Behaviour): boolean {
  return gates.some(({ live, on, off }) => live && [...on, ...off].some((side) => encloses(side, span)))
}

/** `remove deltaDiff parity logic`: the feature goes, and its flag with it. `remove the flag deltaDiff` says the contrary. */
function isGivenUp(key: string, title: string): boolean {
  if (!/\b(?:revert|remov|drop|delet|retir|sunset|disabl|kill|abandon|roll(?:ing)? ?back)/i.test(title)) return false
  if (/\b(?:flags?|toggles?|gates?|switch|switches)\b/i.test(title)) return false
  const said = new Set(tellingWords(title))
  return /^\W*revert/i.test(title) || tellingWords(key).some((word) => said.has(word))
}

function calledIn({ code }: Behaviour, spans: readonly Span[]): ReadonlySet<string> {
  const sites = code?.shape.calls ?? []
  return new Set(sites.filter((one) => spans.some((span) => encloses(span, one.span))).map((one) => one.callee))
}

function fault(
  kind: string,
  severity: Severity,
  file: ChangedFile,
  gate: FlagGate,
  text: { readonly says: string; readonly remedy: string },
  side: Location['side'] = 'head',
): Exposure {
  const path = (side === 'head' ? file.head?.path : file.base?.path) ?? file.path
  return {
    kind,
    severity,
    at: { path, startLine: gate.span.startLine, endLine: gate.span.endLine, side },
    ...text,
    evidence: [],
    within: gate.owner ?? '',
    anchor: createHash('sha256').update(`${kind} ${gate.key}`).digest('hex').slice(0, 16),
  }
}
