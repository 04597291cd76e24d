import { type ReadMigration, unread, writtenDown } from '../migration.ts'
import type { FunctionBody } from './program.ts'
import { type ReadCall, readSteps } from './read-steps.ts'

/**
 * A migration that is written both ways, in a function each. `vocabulary` is made anew for each way, for it may remember what it
 * has read.
 */
export function readUpAndDown(
  up: FunctionBody | null,
  down: FunctionBody | null,
  path: string,
  vocabulary: () => ReadCall,
): ReadMigration {
  const steps = unread(up === null ? [] : readSteps(up.block.steps, vocabulary()))
  if (down === null) return { steps, down: { kind: 'missing' } }
  return { steps, down: writtenDown(readSteps(down.block.steps, vocabulary()), path, down.line) }
}
