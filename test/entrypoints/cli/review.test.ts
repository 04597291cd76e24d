import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SERVICE } from '../../../scripts/demo-service.ts'
import { airworthy, createService } from '../../support/command-line.ts'
import { createGitRepository, temporaryFolder } from '../../support/git-repository.ts'

const service = createService()
const cwd = service.dir

describe('the exit code is the verdict', () => {
  test.concurrent.each([
    ['exposed, under a strict policy', 'main...exposed', 1, 'Airworthy: fail'],
    ['covered', 'main...covered', 0, 'Airworthy: pass'],
    ['two dots mean the same', 'main..exposed', 1, 'Airworthy: fail'],
    ['nothing changed', 'main...main', 0, 'nothing changed'],
  ])('%s', async (_what, range, code, says) => {
    const ended = await airworthy(['review', range], { cwd })
    expect(ended).toMatchObject({ code, stderr: '' })
    expect(ended.stdout).toContain(says)
  })

  test.concurrent('advise mode blocks nothing', async () => {
    const policy = join(temporaryFolder(), 'advise.yml')
    writeFileSync(policy, 'version: 1\nextends: strict\nmode: advise\n')
    const ended = await airworthy(['review', 'main...exposed', '--policy', policy], { cwd })
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toContain('Airworthy: advise')
  })
})

test.concurrent('the report names the place, shows the code, and says what would cover it', async () => {
  const { stdout } = await airworthy(['review', 'main...exposed'], { cwd })
  expect(stdout).toContain('src/refund.ts:14')
  expect(stdout).toContain("› 16 │     return { ok: true, id: 'pending' }\n")
  expect(stdout).toContain('To cover it: ')
  expect(stdout).toContain('Policy: .github/airworthy.yml at main (')
})

describe('which change', () => {
  test.concurrent('without a range: this branch against the default branch', async () => {
    const { stdout } = await airworthy(['review', '--format', 'json'], { cwd })
    expect(JSON.parse(stdout).change).toMatchObject({
      base: service.git('rev-parse', 'main'),
      head: service.git('rev-parse', 'covered'),
    })
  })
  test.concurrent('on the default branch itself, a hint', async () => {
    const ended = await airworthy(['review'], { cwd: createGitRepository(SERVICE).dir })
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing changed') })
    expect(ended.stderr).toBe(
      'airworthy: This is the default branch. Try: airworthy review HEAD~1 (its last commit), or --working-tree.\n',
    )
  })
  test.concurrent('the index and the work tree', async () => {
    const clone = service.clone('--branch=main')
    clone.write({ 'src/ledger.ts': 'export const staged = 1\n' })
    clone.git('add', '--all')
    clone.write({ 'src/untracked.ts': 'export const untracked = 1\n' })
    const files = async (flag: string) =>
      JSON.parse((await airworthy(['review', flag, '--format', 'json'], { cwd: clone.dir })).stdout).change
    expect(await files('--staged')).toMatchObject({ head: 'INDEX', files: 1 })
    expect(await files('--working-tree')).toMatchObject({ head: 'WORKTREE', files: 2 })
  })
  test.concurrent('a diff from a pipe: judged by the preset, in advise mode', async () => {
    const input = service.git('diff', 'main...exposed')
    const ended = await airworthy(['review', '--diff', '-', '--format', 'json'], {
      cwd: temporaryFolder(),
      input: `${input}\n`,
    })
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(ended.stdout)).toMatchObject({ verdict: 'advise', change: { head: 'DIFF', files: 1 } })
  })
})

describe('where the report goes', () => {
  test.concurrent('to a file; the verdict stays', async () => {
    const file = join(temporaryFolder(), 'report.json')
    const ended = await airworthy(['review', 'main...exposed', '--format', 'json', '--output', file], { cwd })
    expect(ended).toEqual({ code: 1, stdout: '', stderr: '' })
    expect(JSON.parse(readFileSync(file, 'utf8')).verdict).toBe('fail')
  })
  test.concurrent('a review that could not run leaves a file as it was', async () => {
    const file = join(temporaryFolder(), 'report.json')
    writeFileSync(file, 'before')
    expect(await airworthy(['review', 'nowhere', '--output', file], { cwd })).toMatchObject({ code: 2 })
    expect(readFileSync(file, 'utf8')).toBe('before')
    const fresh = join(temporaryFolder(), 'fresh.json')
    expect(await airworthy(['review', 'nowhere', '--output', fresh], { cwd })).toMatchObject({ code: 2 })
    expect(() => readFileSync(fresh)).toThrow('ENOENT')
  })
  test.concurrent('nowhere, when quiet', async () => {
    const ended = await airworthy(['review', 'main...exposed', '--quiet'], { cwd })
    expect(ended).toEqual({ code: 1, stdout: '', stderr: '' })
  })
  test.concurrent.each(['json', 'ndjson', 'markdown', 'sarif', 'terminal'])(
    '%s has no colour, even if asked',
    async (format) => {
      const env = { FORCE_COLOR: format === 'terminal' ? '' : '1' }
      const { code, stdout } = await airworthy(['review', 'main...exposed', '--format', format], { cwd, env })
      expect(code).toBe(1)
      expect(stdout).not.toContain('\u001b')
      expect(stdout.endsWith('\n')).toBe(true)
    },
  )
  test.concurrent.each([
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    [{ FORCE_COLOR: '0' }, false],
    [{ NO_COLOR: '1' }, false],
    [{}, false],
  ])('colour in a pipe under %o: %s', async (env, colored) => {
    const { stdout } = await airworthy(['review', 'main...exposed'], { cwd, env })
    expect(stdout.includes('\u001b[')).toBe(colored)
  })
})

describe('the policy', () => {
  test.concurrent('is the base’s: a change cannot loosen its own', async () => {
    const clone = service.clone('--branch=exposed')
    clone.branch('loosened')
    clone.commit('Loosen', { '.github/airworthy.yml': 'version: 1\nmode: advise\n' })
    const { code, stdout } = await airworthy(['review', 'origin/main...loosened', '--format', 'json'], {
      cwd: clone.dir,
    })
    expect([code, JSON.parse(stdout).policy.mode]).toEqual([1, 'enforce'])
  })
  test.concurrent('extends files of the base', async () => {
    const clone = service.clone('--branch=main')
    clone.commit('Split the policy', {
      '.github/airworthy.yml': 'version: 1\nextends: ./base.yml\n',
      '.github/base.yml': 'version: 1\nextends: strict\nconfidence: { pass: 97 }\n',
    })
    clone.git('rm', '--quiet', '--cached', '.github/base.yml')
    const { stdout } = await airworthy(['review', '--staged', '--format', 'json'], { cwd: clone.dir })
    expect(JSON.parse(stdout).policy.mode).toBe('enforce')
  })
  test.concurrent('that is wrong: every problem, and no review', async ({ expect }) => {
    const clone = service.clone('--branch=main')
    clone.commit('Break the policy', {
      '.github/airworthy.yml': 'version: 1\nmoed: advise\nchecks: { eror-paths: warn }\n',
    })
    const { code, stdout, stderr } = await airworthy(['review', 'HEAD...origin/exposed'], { cwd: clone.dir })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatchInlineSnapshot(`
      "airworthy: The policy has 2 problems:
        .github/airworthy.yml:2:1: moed: unknown key \`moed\`; did you mean \`mode\`?
        .github/airworthy.yml:3:11: checks.eror-paths: unknown key \`eror-paths\`; did you mean \`error-paths\`?
      "
    `)
  })
})
