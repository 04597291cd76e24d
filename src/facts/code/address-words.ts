import { askOnce } from './ask-once.ts'
import { words } from './failure-words.ts'

/** Words of every address, and of the name of what serves any. */
const EMPTY =
  /^(?:api|v\d+|trpc|rest|graphql|gql|http|https|www|localhost|com|org|id|ids|many|all|by|the|of|for|to|from|and|index|route|routes|router|handle|handler|view|viewset|controller|mutation|query|procedure|resolver|resource|endpoint|service|action|page|async|do|on|serve|json|html|internal|my|me|current|default|server|app|src)$/

/** What a call with a verb of HTTP does, in the words of those who name functions. */
export const VERBS: readonly (readonly [verb: RegExp, names: RegExp])[] = [
  [/^(?:post|Post|POST|MethodPost)$/, /^(?:add|create|insert|make|new|post|register|save|send|start|store|submit)$/],
  [
    /^(?:put|patch|Put|Patch|PUT|PATCH|MethodPut|MethodPatch)$/,
    /^(?:change|edit|modify|partial|patch|put|save|set|update|upsert)$/,
  ],
  [/^(?:delete|del|Delete|DELETE|MethodDelete)$/, /^(?:cancel|delete|destroy|remove|revoke)$/],
  [/^(?:get|Get|GET|MethodGet)$/, /^(?:download|fetch|find|get|list|load|read|retrieve|search|show)$/],
]

/** Telling words of a name or an address, in order, in the singular: `groups` and `group` are one. */
export const addressWords = askOnce((text): readonly string[] =>
  words(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1 && !EMPTY.test(word))
    .map((word) => (word.length > 4 ? word.replace(/ies$/, 'y').replace(/([^s])s$/, '$1') : word)),
)

/** What a function is about, without what it does with it: `deleteTeamGroupRoute` → team, group. */
export function nounsOf(name: string): readonly string[] {
  return addressWords(name).filter((word) => !VERBS.some(([, names]) => names.test(word)))
}
