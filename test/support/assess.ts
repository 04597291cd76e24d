import { readFileSync } from 'node:fs'
import type { CheckId } from '../../src/checks/index.ts'
import type { CodeReader } from '../../src/facts/code/code-reader.ts'
import { createFactReaders } from '../../src/facts/fact-readers.ts'
import { createProgramReader } from '../../src/facts/migration/program/program-reader.ts'
import { type ReviewRun, reviewChange } from '../../src/pipeline.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { resolvePolicy } from '../../src/policy/resolve-policy.ts'
import { catalog } from './catalog.ts'
import { readTestWasm } from './code.ts'
import { type Files, memorySource } from './memory-source.ts'

const programs = createProgramReader(readTestWasm)

export const presets: ReadonlyMap<string, string> = new Map(
  ['recommended', 'strict', 'advisory'].map((name) => [
    name,
    readFileSync(new URL(`../../policies/${name}.yml`, import.meta.url), 'utf8'),
  ]),
)

/** The policy of a text, or of `recommended`; enforced. */
export async function policyOf(text = 'version: 1\nextends: recommended\n'): Promise<Policy> {
  const file = { path: '.github/airworthy.yml', source: 'test', text }
  const result = await resolvePolicy({ file, presets, readFile: async () => null })
  if ('problems' in result) throw new Error(JSON.stringify(result.problems))
  return result.policy
}

/** A whole review of a change between two sets of files. */
export async function reviewFiles(
  code: CodeReader,
  before: Files,
  after: Files,
  options: {
    readonly renames?: Readonly<Record<string, string>>
    readonly policy?: string
    readonly asOf?: string
    readonly title?: string
  } = {},
): Promise<ReviewRun> {
  const source = memorySource(before, after, options.renames, options.asOf, options.title)
  return reviewChange(
    { readers: createFactReaders({ catalog, code, programs }), version: 'test' },
    source,
    await policyOf(options.policy),
  )
}

/** What a review says of one check: `severity kind path:line (covered)`, in order; or its status and reason. */
export async function exposuresOf(
  code: CodeReader,
  id: CheckId,
  before: Files,
  after: Files,
  options: {
    readonly renames?: Readonly<Record<string, string>>
    readonly policy?: string
    readonly asOf?: string
    readonly title?: string
  } = {},
): Promise<readonly string[]> {
  const { review } = await reviewFiles(code, before, after, options)
  const outcome = review.items.find((item) => item.id === id)?.outcome
  if (outcome === undefined) throw new Error(`no item ${id}`)
  if (!('exposures' in outcome)) return ['reason' in outcome ? `${outcome.status}: ${outcome.reason}` : outcome.status]
  return outcome.exposures.map(
    (one) => `${one.severity} ${one.kind} ${one.at.path}:${one.at.startLine}${one.covered ? ' (covered)' : ''}`,
  )
}

/** Severities of what `error-paths` says of a new file, without repeats. */
export async function severitiesOfNew(code: CodeReader, file: string, text: string): Promise<readonly string[]> {
  const said = await exposuresOf(code, 'error-paths', { [file]: '' }, { [file]: text })
  return [...new Set(said.map((one) => one.split(' ')[0] ?? ''))].sort()
}

/** `severity kind` of what `error-paths` says of one file that changes, in a repository that has tests of other code. */
export async function kindsBesideTests(code: CodeReader, file: string, before: string, after: string): Promise<string> {
  const suite = { 'tests/test_other.py': 'def test_other():\n    assert other()\n' }
  const said = await exposuresOf(code, 'error-paths', { ...suite, [file]: before }, { ...suite, [file]: after })
  return said.map((one) => one.split(' ').slice(0, 2).join(' ')).join(', ')
}
