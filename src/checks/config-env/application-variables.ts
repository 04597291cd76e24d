import type { ConfigFactsOfChange, ConfigFile } from '../../facts/config/config-facts.ts'
import { matchesPattern } from '../../facts/config/name-pattern.ts'
import { isSecretKey } from '../../facts/config/secrets.ts'
import type { Evidence, Exposure } from '../define-check.ts'
import { shareShown } from './custom.ts'
import { isDeployed } from './sibling-pairs.ts'
import { PROVIDED } from './variable-names.ts'

/** A variable without a default that the application's own configuration newly takes: Spring does not start without it. */
export function undefinedInApplication(facts: ConfigFactsOfChange, provided: readonly string[]): readonly Exposure[] {
  const before = new Set(facts.files.flatMap(({ base }) => required(base).map(({ name }) => name)))
  const said = new Set<string>()
  return facts.files.flatMap(({ base, head }): readonly Exposure[] => {
    if (head === null || base === null || (head.environment !== null && !isDeployed(head.environment))) return []
    return required(head).flatMap(({ name, line }): readonly Exposure[] => {
      if (before.has(name) || said.has(name) || PROVIDED.test(name)) return []
      if (provided.some((pattern) => matchesPattern(pattern, name))) return []
      said.add(name)
      const evidence = (facts.mentions.get(name) ?? [])
        .slice(0, 2)
        .map(({ at }): Evidence => ({ kind: 'config', says: 'it is given or shown here', at }))
      // A secret may stand in a store; where the variables of before are not found either, they are kept elsewhere.
      const told = !isSecretKey([name]) && !facts.searched.truncated && !facts.takenWhole && keptHere(base, facts)
      return [
        {
          kind: 'read-but-undefined',
          severity: told ? 'medium' : 'low',
          at: { path: head.path, startLine: line, endLine: line, side: 'head' },
          says:
            evidence.length > 0
              ? `The application newly takes the variable \`${name}\` from its environment.`
              : `The application newly takes the variable \`${name}\` from its environment, which no manifest, environment file or document here gives it, and does not start without it.`,
          remedy: `Give \`${name}\` to every environment, or write a default after a colon.`,
          evidence,
          within: head.path,
          anchor: name,
        },
      ]
    })
  })
}

function required(file: ConfigFile | null): readonly { readonly name: string; readonly line: number }[] {
  if (file?.kind.family !== 'spring' || file.parsed.status !== 'parsed') return []
  const softer = new Set(file.parsed.references.filter(({ optional }) => optional).map(({ name }) => name))
  return file.parsed.references.filter(({ optional, name }) => !optional && !softer.has(name))
}

/** Most of the variables that the application took before are given or shown in this repository. */
function keptHere(base: ConfigFile, facts: ConfigFactsOfChange): boolean {
  const names = required(base).map(({ name }) => name)
  const share = shareShown(names, facts) ?? (names.some((name) => facts.mentions.has(name)) ? 1 : 0)
  return share >= 2 / 3
}
