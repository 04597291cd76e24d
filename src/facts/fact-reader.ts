import type { Change, FileVersion, Note } from '../change/change.ts'
import type { Contents } from '../change/contents.ts'
import type { Catalog } from './behaviour/catalog.ts'
import type { FactsByNeed } from './facts.ts'

/**
 * Turns what the rounds read into the facts of one need. Pure but for `prepare`, which may load a grammar.
 * `environments` are the policy's names, `added` the entries it adds to the catalog.
 */
export interface FactReader<N extends keyof FactsByNeed> {
  readonly need: N
  /** Starts what takes its time and needs no contents, such as loading a grammar. */
  readonly begin?: (change: Change) => void
  /** Round two: the versions of changed files it wants to read. */
  readonly changed: (change: Change) => readonly FileVersion[]
  /** Round three: candidates for evidence, chosen from the listings and from what round two brought. */
  readonly candidates: (change: Change, contents: Contents, environments: readonly string[]) => readonly FileVersion[]
  readonly prepare: (change: Change, contents: Contents) => Promise<void>
  /** Total: an empty change has empty facts. */
  readonly extract: (
    change: Change,
    contents: Contents,
    environments: readonly string[],
    added?: Catalog,
  ) => { readonly facts: FactsByNeed[N]; readonly notes: readonly Note[] }
}
