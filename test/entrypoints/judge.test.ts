import { describe, expect, test } from 'vitest'
import { createEngine } from '../../src/entrypoints/engine.ts'
import { createJudge } from '../../src/entrypoints/judge.ts'
import { createGitSource } from '../../src/git/git-source.ts'
import { openRepository } from '../../src/git/open-repository.ts'
import type { Judgement } from '../../src/github/judgement.ts'
import { renderJudgement } from '../../src/github/render-judgement.ts'
import { createGitRepository, type FileContent } from '../support/git-repository.ts'

const judge = createJudge(await createEngine())
const POLICY = '.github/airworthy.yml'
const GOOD = 'version: 1\nextends: strict\n'
const BAD = 'version: 1\nmodes: enforce\n'
const WEB = { owner: 'acme', repo: 'web' }

async function judgementOf(before: FileContent, after: Readonly<Record<string, FileContent>>): Promise<Judgement> {
  const git = createGitRepository({ 'README.md': 'web\n', ...(before === null ? {} : { [POLICY]: before }) })
  git.branch('feature')
  git.commit('Change', after)
  const repository = await openRepository(git.dir)
  try {
    return await judge(createGitSource(repository, { kind: 'range', base: 'main', head: 'feature' }))
  } finally {
    await repository.close()
  }
}

function answerOf(judgement: Judgement): { readonly conclusion: string; readonly comment: string } {
  const { run, comment } = renderJudgement(judgement, 'https://github.com', WEB)
  return { conclusion: run.conclusion, comment }
}

describe('a change of the policy', () => {
  test('is judged by the old one, and the comment says whether the new one is valid', async () => {
    const judgement = await judgementOf(GOOD, { [POLICY]: 'version: 1\nextends: advisory\n' })
    expect(judgement).toMatchObject({
      kind: 'review',
      review: { policy: { mode: 'enforce' } },
      edit: { kind: 'valid' },
    })
    expect(answerOf(judgement).comment).toContain(
      'It was judged by the policy of the base branch; the new one is valid.',
    )
  })

  test('into a wrong one says what is wrong', async () => {
    const judgement = await judgementOf(GOOD, { [POLICY]: BAD })
    expect(judgement).toMatchObject({
      kind: 'review',
      edit: { kind: 'invalid', problems: [expect.stringContaining('unknown key `modes`')] },
    })
    expect(answerOf(judgement)).toMatchObject({
      conclusion: 'success',
      comment: expect.stringContaining('the new one is not valid'),
    })
  })

  test('into none says that Airworthy will only advise', async () => {
    const judgement = await judgementOf(GOOD, { [POLICY]: null })
    expect(judgement).toMatchObject({ kind: 'review', edit: { kind: 'removed' } })
    expect(answerOf(judgement).comment).toContain('without it Airworthy will only advise')
  })

  test('is not spoken of where there is none', async () => {
    expect(await judgementOf(GOOD, { 'a.ts': 'x\n' })).toMatchObject({ kind: 'review', edit: null })
  })
})

describe('a policy of the base that is wrong', () => {
  test('reviews nothing and blocks, and says every mistake', async () => {
    const judgement = await judgementOf(BAD, { 'a.ts': 'x\n' })
    expect(judgement).toMatchObject({ kind: 'policy-problems', onlyPolicy: false })
    expect(answerOf(judgement)).toMatchObject({
      conclusion: 'failure',
      comment: expect.stringContaining('unknown key'),
    })
  })

  test('can be mended by a change that does nothing else', async () => {
    expect(answerOf(await judgementOf(BAD, { [POLICY]: GOOD })).conclusion).toBe('neutral')
  })

  test.each<[string, Readonly<Record<string, FileContent>>]>([
    ['touches more', { [POLICY]: GOOD, 'a.ts': 'x\n' }],
    ['leaves it wrong', { [POLICY]: `${BAD}# still\n` }],
    ['removes it', { [POLICY]: null }],
  ])('is not passed by a change that %s', async (_, after) => {
    expect(answerOf(await judgementOf(BAD, after)).conclusion).toBe('failure')
  })
})

test('without a policy it advises, and the check passes', async () => {
  const judgement = await judgementOf(null, { 'a.ts': 'x\n' })
  expect(judgement).toMatchObject({ kind: 'review', review: { verdict: 'advise' } })
  expect(answerOf(judgement).conclusion).toBe('neutral')
})
