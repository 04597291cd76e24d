import { createHash } from 'node:crypto'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createGitRepository } from '../support/git-repository.ts'
import { openForTest } from './open-for-test.ts'

const repository = createGitRepository({ a: 'a\n' })
const idOf = (content: string | Uint8Array) => repository.gitWithInput(content, 'hash-object', '-w', '--stdin')

test('gives content byte for byte, in the order of the questions', async () => {
  const contents = ['', '\n', 'a', 'line\nline\n', '\0\0\n', `${'long '.repeat(50_000)}`, 'deadbeef missing\n']
  const ids = contents.map(idOf)
  const { objects } = await openForTest(repository.dir)
  const read = await objects.contents([...ids, ...ids.toReversed()])
  expect(read.map((object) => object?.content?.toString())).toEqual([...contents, ...contents.toReversed()])
  expect((await objects.sizes(ids)).map((object) => object?.bytes)).toEqual(contents.map((content) => content.length))
})

test('answers many at once, each its own', async () => {
  const contents = Array.from({ length: 50 }, (_, at) => `${at}`.repeat(at * 500))
  const ids = contents.map(idOf)
  const { objects } = await openForTest(repository.dir)
  const answers = await Promise.all(ids.map((id) => objects.contents([id])))
  expect(answers.map(([object]) => object?.content?.toString())).toEqual(contents)
})

/** The first four digits of two texts' ids, which stand for neither. */
function sharedBeginning(): string {
  const seen = new Map<string, string>()
  for (let at = 0; ; at++) {
    const text = `text ${at}`
    const beginning = createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex').slice(0, 4)
    const other = seen.get(beginning)
    if (other !== undefined) return [text, other].map(idOf)[0]?.slice(0, 4) ?? ''
    seen.set(beginning, text)
  }
}

describe('is null for', () => {
  test.each([
    ['what is not there', 'f'.repeat(40)],
    ['a beginning of several', sharedBeginning()],
    ['a name that is no id', 'HEAD'],
    ['a question within the question', `${'f'.repeat(40)}\n${'e'.repeat(40)}`],
    ['nothing', ''],
  ])('%s, and the next answer is right', async (_what, name) => {
    const { objects } = await openForTest(repository.dir)
    const [none, some] = await objects.contents([name, idOf('known')])
    expect([none, some?.content?.toString()]).toEqual([null, 'known'])
  })
})

test('a broken object is null, and those behind it are read all the same', async () => {
  const broken = createGitRepository({ a: 'a\n' })
  const [bad = '', good = ''] = ['bad', 'good'].map((text) => broken.gitWithInput(text, 'hash-object', '-w', '--stdin'))
  const file = join(broken.dir, '.git/objects', bad.slice(0, 2), bad.slice(2))
  chmodSync(file, 0o644)
  writeFileSync(file, 'no zlib')
  const { objects } = await openForTest(broken.dir)
  const read = await objects.contents([good, bad, good, bad, good])
  expect(read.map((object) => object?.content?.toString())).toEqual(['good', undefined, 'good', undefined, 'good'])
})

test('what comes after opening is found', async () => {
  const { objects } = await openForTest(repository.dir)
  expect(await objects.sizes(['0'.repeat(40)])).toEqual([null])
  const id = idOf('later')
  expect((await objects.contents([id]))[0]?.content?.toString()).toBe('later')
  // And what has moved into a pack meanwhile.
  const committed = repository.git('rev-parse', 'HEAD:a')
  repository.git('gc', '--quiet')
  expect((await objects.contents([committed]))[0]?.content?.toString()).toBe('a\n')
})

test('a question that is open when the repository is closed fails', async () => {
  const opened = await openForTest(repository.dir)
  const asked = opened.objects.sizes([idOf('a')])
  await Promise.all([expect(asked).rejects.toThrow('closed while it was read'), opened.close()])
})
