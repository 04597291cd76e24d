import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyHunks } from '../../src/change/apply-hunks.ts'
import { splitDiff } from '../../src/change/split-diff.ts'
import { createDiffSource } from '../../src/git/diff-source.ts'
import { createGitSource } from '../../src/git/git-source.ts'
import { createGitRepository } from '../support/git-repository.ts'
import { openForTest } from './open-for-test.ts'

/** Lines that are hard on a parser of diffs. */
const line = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b', 'c', '', '}', '  return 1') },
  fc.constantFrom(
    '-- a',
    '++ b',
    '--- a/x',
    '+++ b/x',
    '@@ -1 +1 @@',
    'diff --git a/x b/x',
    '\\ No newline at end of file',
    '\r',
    'a\r',
    ' ',
    '\t',
    '\ufeffa',
    'é😀',
    'Binary files a and b differ',
    '-',
    '+',
    'index 1..2',
  ),
)
const text = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
  .map(([lines, isEnded]) => lines.join('\n') + (isEnded && lines.length > 0 ? '\n' : ''))

const path = fc.constantFrom(
  'a.ts',
  'dir/b.ts',
  'sp ace',
  'é',
  'q"uote',
  "it's",
  'x b/x',
  'tab\tx',
  'new\nline',
  'a b',
  'trailing ',
  '-dash',
  'b/b',
  '\\back',
  '{a}',
  'a -> b',
)

/** Some edits keep most of a file, so that there are hunks with context, renames and copies. */
const edit = fc.record({
  path,
  to: fc.option(path, { freq: 3 }),
  at: fc.nat(40),
  remove: fc.nat(3),
  insert: fc.array(line, { maxLength: 3 }),
  toggleEnd: fc.boolean(),
})
const step = fc.record({
  write: fc.dictionary(path, text, { maxKeys: 3 }),
  edits: fc.array(edit, { maxLength: 4 }),
  drop: fc.option(path, { freq: 3 }),
})

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
type Files = ReadonlyMap<string, string>

function after(files: Files, { write, edits, drop }: Step): Files {
  const next = new Map([...files, ...Object.entries(write)])
  for (const { path, to, at, remove, insert, toggleEnd } of edits) {
    const lines = (next.get(path) ?? '').split('\n')
    lines.splice(at % (lines.length + 1), remove, ...insert)
    const edited = lines.join('\n')
    if (to !== null) next.delete(path)
    next.set(to ?? path, toggleEnd ? (edited.endsWith('\n') ? edited.slice(0, -1) : `${edited}\n`) : edited)
  }
  if (drop !== null) next.delete(drop)
  return next
}

/** All commits in one stream: a process for hundreds of them. */
function fastImport(steps: readonly Files[]): Buffer {
  const parts: Buffer[] = []
  const put = (piece: string) => parts.push(Buffer.from(piece))
  const data = (content: string) => put(`data ${Buffer.byteLength(content)}\n${content}\n`)
  steps.forEach((files, at) => {
    put(`commit refs/heads/main\nmark :${at + 1}\ncommitter A <a@example.com> ${at + 1} +0000\n`)
    data(`Step ${at}`)
    put('deleteall\n')
    for (const [name, content] of files) {
      put(`M 100644 inline ${JSON.stringify(name)}\n`)
      data(content)
    }
    put('\n')
  })
  return Buffer.concat(parts)
}

test('for random edits in a real repository, the hunks make the head of the base', async () => {
  const repository = createGitRepository()
  const steps = fc.sample(step, { numRuns: 80, seed: 20_261_120 })
  const states: Files[] = []
  for (const one of steps) states.push(after(states.at(-1) ?? new Map(), one))
  repository.gitWithInput(fastImport(states), 'fast-import', '--quiet', '--force')
  const commits = repository.git('rev-list', '--reverse', 'main').split('\n')
  const opened = await openForTest(repository.dir)
  const seen = new Map<string, number>()

  for (const [at, commit] of commits.entries()) {
    const before = commits[at - 1]
    if (before === undefined) continue
    const source = createGitSource(opened, { kind: 'range', base: before, head: commit })
    const change = await source.readChange()
    expect([...(change.headTree?.entries.keys() ?? [])]).toEqual([...(states[at]?.keys() ?? [])].sort())
    const from = states[at - 1]
    const touched = new Set<string>()
    for (const file of change.files) {
      seen.set(file.status, (seen.get(file.status) ?? 0) + 1)
      const base = file.base ? from?.get(file.base.path) : ''
      const head = file.head ? states[at]?.get(file.head.path) : ''
      expect(applyHunks(base ?? '', file.hunks)).toBe(head)
      touched.add(file.path)
    }
    for (const [name, content] of states[at] ?? []) {
      if (!touched.has(name)) expect(from?.get(name)).toBe(content)
    }
  }
  // The property says little if a kind of change did not come up.
  for (const status of ['added', 'modified', 'removed', 'renamed']) {
    expect([status, (seen.get(status) ?? 0) > 2]).toEqual([status, true])
  }
}, 60_000)

test('and a plain `git diff` between any two says the same', async () => {
  const repository = createGitRepository()
  const texts = fc.sample(fc.tuple(text, text), { numRuns: 150, seed: 7 })
  const before = new Map(texts.map(([base], at) => [`f${at}`, base]))
  const head = new Map(texts.map(([, head], at) => [`f${at}`, head]))
  repository.gitWithInput(fastImport([before, head]), 'fast-import', '--quiet', '--force')
  const diff = repository.git('diff', '--no-renames', 'main^', 'main')
  const split = splitDiff(`${diff}\n`)
  const files = 'files' in split ? split.files : []
  for (const file of files) expect(applyHunks(before.get(file.path) ?? '', file.hunks)).toBe(head.get(file.path))
  expect(files).toHaveLength(texts.filter(([base, head]) => base !== head).length)
  const opened = await openForTest(repository.dir)
  expect((await createDiffSource(`${diff}\n`, opened).readChange()).files).toHaveLength(files.length)
})
