import { expect, test } from 'vitest'
import { readSubject } from '../../src/git/read-subject.ts'
import { createGitRepository } from '../support/git-repository.ts'
import { openForTest } from './open-for-test.ts'

const repository = createGitRepository({ a: '' })
const HEADER = `tree ${repository.git('rev-parse', 'HEAD^{tree}')}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n`

test.each([
  ['one line', 'Subject\n', 'Subject'],
  ['a body', 'Subject\n\nBody\n', 'Subject'],
  ['a first paragraph of two lines', 'Sub\n  ject \n\nBody\n', 'Sub ject'],
  ['empty lines first', '\n\nSubject\n', 'Subject'],
  ['a merge of a pull request', 'Merge pull request #7 from pay/scale\n\nFewer workers\n\nBody\n', 'Fewer workers'],
  ['such a merge without a title', 'Merge pull request #7 from pay/scale\n', 'Merge pull request #7 from pay/scale'],
  ['nothing', '', null],
  ['no ASCII', 'Café 😀\n', 'Café 😀'],
])('%s', async (_what, message, subject) => {
  const commit = repository.gitWithInput(`${HEADER}\n${message}`, 'hash-object', '-t', 'commit', '-w', '--stdin')
  expect(await readSubject((await openForTest(repository.dir)).objects, commit)).toBe(subject)
})

test.each([
  ['ISO-8859-1', 'Café'],
  ['x-unknown', 'Caf\ufffd'],
])('in %s', async (encoding, subject) => {
  const content = Buffer.from(`${HEADER}encoding ${encoding}\n\nCaf\xe9\n`, 'latin1')
  const commit = repository.gitWithInput(content, 'hash-object', '-t', 'commit', '-w', '--stdin')
  expect(await readSubject((await openForTest(repository.dir)).objects, commit)).toBe(subject)
})

test('a commit that is not there has none', async () => {
  expect(await readSubject((await openForTest(repository.dir)).objects, 'f'.repeat(40))).toBeNull()
})
