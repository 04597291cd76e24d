import { expect, test } from 'vitest'
import { messageOf } from '../../src/git/message-of.ts'
import { readCommit, type StoredCommit } from '../../src/git/read-commit.ts'
import { createGitRepository } from '../support/git-repository.ts'
import { openForTest } from './open-for-test.ts'

const repository = createGitRepository({ a: '' })
const HEADER = `tree ${repository.git('rev-parse', 'HEAD^{tree}')}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n`

async function messageOfCommit(id: string) {
  const commit: StoredCommit | null = await readCommit((await openForTest(repository.dir)).objects, id)
  return commit && messageOf(commit)
}

test.each([
  ['one line', 'Subject\n', 'Subject'],
  ['a body', 'Subject\n\nBody\n\nMore\n', 'Subject', 'Body\n\nMore'],
  ['a long body', `Subject\n\n${'x'.repeat(9000)}\n`, 'Subject', 'x'.repeat(9000)],
  ['a first paragraph of two lines', 'Sub\n  ject \n\nBody\n', 'Sub ject', 'Body'],
  ['empty lines first', '\n\nSubject\n', 'Subject'],
  [
    'a merge of a pull request',
    'Merge pull request #7 from pay/scale\n\nFewer workers\n\nBody\n',
    'Fewer workers',
    'Body',
  ],
  ['such a merge without a title', 'Merge pull request #7 from pay/scale\n', 'Merge pull request #7 from pay/scale'],
  ['nothing', '', null],
  ['no ASCII', 'Café 😀\n', 'Café 😀'],
])('%s', async (_what, message, title, body = '') => {
  const commit = repository.gitWithInput(`${HEADER}\n${message}`, 'hash-object', '-t', 'commit', '-w', '--stdin')
  expect(await messageOfCommit(commit)).toEqual({ title, body })
})

test.each([
  ['ISO-8859-1', 'Café'],
  ['x-unknown', 'Caf\ufffd'],
])('in %s', async (encoding, title) => {
  const content = Buffer.from(`${HEADER}encoding ${encoding}\n\nCaf\xe9\n`, 'latin1')
  const commit = repository.gitWithInput(content, 'hash-object', '-t', 'commit', '-w', '--stdin')
  expect(await messageOfCommit(commit)).toEqual({ title, body: '' })
})

test('a commit that is not there has none', async () => {
  expect(await messageOfCommit('f'.repeat(40))).toBeNull()
})
