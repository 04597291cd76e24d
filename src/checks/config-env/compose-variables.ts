import type { ConfigFactsOfChange, ConfigFile, Mention } from '../../facts/config/config-facts.ts'
import { configKind } from '../../facts/config/config-family.ts'
import type { Exposure } from '../define-check.ts'
import { shareShown } from './custom.ts'

/** A name is expected in the example if so many of the others stand there. */
const MOST = 2 / 3

/** `${X}` that a Compose file newly takes from outside: Compose puts nothing in its place and says so in a warning only. */
export function undefinedInCompose(facts: ConfigFactsOfChange): readonly Exposure[] {
  return facts.files.flatMap(({ base, head }): readonly Exposure[] => {
    if (head?.kind.family !== 'compose' || head.parsed.status !== 'parsed') return []
    const known = new Set(base?.parsed.status === 'parsed' ? base.parsed.references.map(({ name }) => name) : [])
    const guarded = new Set(head.parsed.references.filter(({ optional }) => optional).map(({ name }) => name))
    const folder = head.path.slice(0, head.path.lastIndexOf('/') + 1)
    const shows = facts.places.some(
      (place) => place.startsWith(folder) && !place.slice(folder.length).includes('/') && isShown(place),
    )
    const share = shareShown(known, facts, (mention) => answersCompose(mention, head.path), 1) ?? 1
    const searched = shows && base !== null && !isOfDevelopers(head) && !facts.searched.truncated
    const said = new Set<string>()
    return head.parsed.references.flatMap(({ name, line, kind, optional, required }): readonly Exposure[] => {
      if (kind !== 'variable' || optional || SHELL.test(name) || known.has(name) || guarded.has(name) || said.has(name))
        return []
      said.add(name)
      const answers = (facts.mentions.get(name) ?? []).filter((mention) => answersCompose(mention, head.path))
      return [
        {
          kind: 'compose-variable-undefined',
          // Elsewhere Compose starts, and an empty value may be meant.
          severity: searched && required === true && share >= MOST ? 'medium' : 'low',
          at: { path: head.path, startLine: line, endLine: line, side: 'head' },
          says:
            answers.length > 0
              ? `The file newly takes \`${name}\` from its environment.`
              : `The file newly takes \`${name}\` from its environment, which no example, environment file or document here shows: without it, ${required === true ? 'Compose does not start' : 'it is empty'}.`,
          remedy: `Show \`${name}\` in the example file, or give it a default: \`\${${name}:-…}\`.`,
          evidence: answers
            .slice(0, 1)
            .map((mention) => ({ kind: 'config' as const, says: 'it is shown here', at: mention.at })),
          within: head.path,
          anchor: name,
        },
      ]
    })
  })
}

/** Each shell has them. */
const SHELL = /^(?:HOME|USER|PWD|PATH|SHELL|HOSTNAME|LANG|TZ)$/

function isOfDevelopers({ environment }: ConfigFile): boolean {
  return environment?.tier === 'development' || environment?.tier === 'test'
}

function isShown(path: string): boolean {
  const kind = configKind(path)
  return kind !== null && (kind.family === 'dotenv' || kind.example)
}

/** Another Compose file only asks for it too. */
function answersCompose({ at, how }: Mention, own: string): boolean {
  return at.path !== own && (how !== 'defined' || configKind(at.path)?.family !== 'compose')
}
