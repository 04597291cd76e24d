import type { Change, ChangedFile } from '../../change/change.ts'
import type { CodeSwitch } from '../../facts/config/code-switches.ts'
import type { ConfigFactsOfChange } from '../../facts/config/config-facts.ts'
import { wordsOf } from '../../facts/config/words.ts'
import type { Evidence, Exposure } from '../define-check.ts'
import { meaningOf } from './key-meaning.ts'
import { RISKS } from './risk-rules.ts'
import { isSaid } from './title.ts'
import { explanationAt } from './touched.ts'
import { isTooling } from './variable-names.ts'

/** A default in code that became risky: it holds in every environment that does not set the variable. */
export function riskyDefaults(facts: ConfigFactsOfChange, change: Change): readonly Exposure[] {
  // Modules of settings are judged as configuration.
  const settings = new Set(facts.files.map(({ file }) => file.path))
  return facts.reads.flatMap(({ file, base, head }): readonly Exposure[] => {
    if (isTooling(file.path) || settings.has(file.path)) return []
    const before = new Map(base.map((read) => [read.name, read]))
    return head.flatMap((read): readonly Exposure[] => {
      const old = before.get(read.name)?.fallback ?? null
      const meaning = meaningOf([read.name])
      if (old === null || read.fallback === null || meaning === null || old.sameAs(read.fallback)) return []
      const risk = RISKS[meaning](old.shape, read.fallback.shape, [read.name])
      if (risk === null) return []
      return [
        {
          kind: `risky-${meaning}`,
          severity: isSaid(change, meaning, [read.name], risk) ? 'low' : risk.severity,
          at: { path: file.path, startLine: read.line, endLine: read.line, side: 'head' },
          says: `The default of \`${read.name}\` ${risk.says}, so ${risk.harm}, wherever an environment does not set it.`,
          remedy:
            'Say in a comment beside it why the new default is right, or keep the old one and set the new value where it is wanted.',
          evidence: explained(change, file.path, read.line),
          within: file.path,
          anchor: read.name,
        },
      ]
    })
  })
}

/** What was written in code for everyone is now asked of settings whose default is this machine. */
export function addressesNowConfigured(facts: ConfigFactsOfChange): readonly Exposure[] {
  return facts.moved.flatMap(({ at, settings }): readonly Exposure[] => {
    const name = settings.find((setting) => facts.localDefaults.has(setting))
    const home = name === undefined ? undefined : facts.localDefaults.get(name)
    if (name === undefined || home === undefined || isTooling(at.path)) return []
    return [
      {
        kind: 'address-now-configured',
        severity: 'medium',
        at,
        says: `An address that stood in code now comes from \`${name}\`, whose default is this machine (${home.path}:${home.startLine}): whatever runs without it, jobs and builds too, now gets localhost.`,
        remedy: `Set \`${name}\` wherever this code runs, or keep the old address as its default.`,
        evidence: [],
        within: at.path,
        anchor: name,
      },
    ]
  })
}

const PROTECTIONS: Readonly<Record<CodeSwitch['protection'], readonly [says: string, harm: string]>> = {
  'tls-check': ['switches off the check of certificates', 'a stranger on the way can read and change the traffic'],
  hsts: ['leaves subdomains out of HSTS', 'browsers may speak http to them again'],
  csrf: ['switches off the protection against forged requests', "any website can act in a visitor's name"],
  cors: ['allows every origin', "any website may call this in a visitor's name"],
  cookie: ['lets scripts read a cookie', 'one injected script can take a session'],
  debug: ['switches debugging on', 'errors may show internals to visitors'],
}

/** A protection that code newly switches off, in every environment at once. Moved code is not new: the file's counts decide. */
export function weakenedInCode(facts: ConfigFactsOfChange, change: Change): readonly Exposure[] {
  return facts.switches.flatMap(({ file, base, head }): readonly Exposure[] => {
    if (isTooling(file.path)) return []
    const protections = [...new Set(head.map(({ protection }) => protection))]
    return protections.flatMap((protection): readonly Exposure[] => {
      const mine = head.filter((one) => one.protection === protection)
      const more = mine.length - base.filter((one) => one.protection === protection).length
      const added = new Set(
        file.hunks.flatMap((hunk) => hunk.lines.flatMap((line) => (line.kind === 'add' ? (line.head ?? []) : []))),
      )
      const fresh = mine.filter(({ line }) => added.has(line))
      const at = more > 0 ? (fresh[0] ?? mine[0]) : undefined
      if (at === undefined) return []
      const [says, harm] = PROTECTIONS[protection]
      return [
        {
          kind: `weakened-${protection}`,
          severity: isCertain(protection, file, at.line) ? 'medium' : 'low',
          at: { path: file.path, startLine: at.line, endLine: at.line, side: 'head' },
          says: `The code newly ${says}, in every environment at once: ${harm}.`,
          remedy:
            'Keep the protection, make it a setting that is safe by default, or say in a comment why it is not needed here.',
          evidence: explained(change, file.path, at.line),
          within: file.path,
          anchor: protection,
        },
      ]
    })
  })
}

/**
 * A public picture or feed may be open to all, and what it opens is not seen from here. A new client that checks no certificate, a new interface
 * without a guard against forged forms: both may talk within the house only. What was checked until now is another matter.
 */
function isCertain(protection: CodeSwitch['protection'], file: ChangedFile, line: number): boolean {
  if (protection === 'cors') return false
  return (protection !== 'tls-check' && protection !== 'csrf') || isRewritten(file, line)
}

const LITERALS = new Set(['true', 'false', 'none', 'required', 'peer', '0', '1', '2'])

/** The line stood there before the change without the switch: all words of a removed line of its hunk are in it. */
function isRewritten({ hunks }: ChangedFile, line: number): boolean {
  return hunks.some(({ lines }) => {
    const now = lines.find(({ kind, head }) => kind === 'add' && head === line)
    if (now === undefined) return false
    const words = new Set(wordsOf(now.text))
    return lines.some(({ kind, text }) => {
      const before = kind === 'del' ? wordsOf(text).filter((word) => !LITERALS.has(word)) : []
      return before.length >= 2 && before.every((word) => words.has(word))
    })
  })
}

function explained(change: Change, path: string, line: number): readonly Evidence[] {
  const at = explanationAt(change, path, line)
  return at === null ? [] : [{ kind: 'config', says: 'a comment that comes with the change says why', at }]
}
