import { describe, expect, test } from 'vitest'
import { createGitRepository } from '../support/git-repository.ts'
import { changeOf, refusal, show, sourceOf } from './open-for-test.ts'

const upstream = createGitRepository({
  'edited.ts': 'one\n',
  'moved.ts': 'as it was\n',
  'removed.ts': 'gone\n',
  'run.sh': 'echo\n',
  '.github/airworthy.yml': 'version: 1\n',
})
upstream.commit('Change', {
  'edited.ts': 'two\n',
  'moved.ts': null,
  'moved/away.ts': 'as it was\n',
  'removed.ts': null,
  'added.ts': 'new\n',
})

describe('a clone without blobs', () => {
  // Its work tree brings the blobs of HEAD, and no others.
  const clone = upstream.clone('--filter=blob:none')
  const countObjects = () => clone.git('count-objects', '-v')

  test('is really one', () => {
    expect(clone.git('rev-list', '--objects', '--all', '--missing=print')).toMatch(/^\?/m)
  })
  test('shows what it can, says what it cannot, and fetches nothing', async () => {
    const before = countObjects()
    const change = await changeOf(clone.dir, 'HEAD^...HEAD')
    expect(show(change)).toEqual([
      'added added.ts +1 -0',
      'modified edited.ts +0 -0',
      'renamed moved.ts → moved/away.ts +0 -0',
      'removed removed.ts +0 -0',
    ])
    const says =
      'Lines not compared: a version of the file is not in this clone (a partial one); fetch it with `git fetch --refetch`'
    expect(change.notes).toEqual([
      { kind: 'lines-not-compared', path: 'edited.ts', says },
      { kind: 'lines-not-compared', path: 'removed.ts', says },
    ])
    expect(countObjects()).toBe(before)
  })
  test('has missing blobs as missing', async () => {
    const before = countObjects()
    const source = await sourceOf(clone.dir, 'HEAD^...HEAD')
    const file = (await source.readChange()).files.find((one) => one.path === 'edited.ts')
    const ids = [file?.base?.blob ?? '', file?.head?.blob ?? '']
    const blobs = await source.readBlobs(ids)
    expect(ids.map((id) => blobs.get(id))).toEqual([{ status: 'missing' }, { status: 'text', text: 'two\n' }])
    expect(countObjects()).toBe(before)
  })
  test('that lacks the policy does not pass for one without a policy', async () => {
    const bare = upstream.clone('--bare', '--filter=blob:none')
    const source = await sourceOf(bare.dir, 'HEAD^...HEAD')
    expect(await refusal(source.readPolicyFile('.github/airworthy.yml'))).toMatch(
      /^GitError: \.github\/airworthy\.yml at HEAD\^ \([0-9a-f]{8}\) is not in this clone, which is a partial one/,
    )
    expect(await source.readPolicyFile('.github/other.yml')).toBeNull()
  })
  test('is reviewed in its work tree', async () => {
    clone.write({ 'added.ts': 'newer\n' })
    expect(show(await changeOf(clone.dir, { kind: 'working-tree' }))).toEqual(['modified added.ts +1 -1'])
  })
})

test('a clone without trees says what to fetch', async () => {
  const clone = upstream.clone('--bare', '--filter=tree:0')
  expect(await refusal(changeOf(clone.dir, 'HEAD^...HEAD'))).toMatch(
    /^GitError: The tree of .+ is not in this clone\. Fetch it with: git fetch --refetch --filter=blob:none$/,
  )
})
