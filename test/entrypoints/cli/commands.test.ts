import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checks } from '../../../src/checks/index.ts'
import { POLICY_TEMPLATE } from '../../../src/policy/policy-template.ts'
import { airworthy, createService } from '../../support/command-line.ts'
import { createGitRepository, temporaryFolder } from '../../support/git-repository.ts'

describe('checks and their pages', () => {
  test.concurrent('lists every check with its question', async () => {
    const { code, stdout } = await airworthy(['checks'])
    expect(code).toBe(0)
    for (const check of Object.values(checks))
      expect(stdout).toMatch(new RegExp(`^${check.id} .*${check.question.slice(-20)}`, 'm'))
  })
  test.concurrent('as the table of README.md', async () => {
    const { stdout } = await airworthy(['checks', '--markdown'])
    expect(readFileSync('README.md', 'utf8')).toContain(stdout)
  })
  test.concurrent.each(Object.keys(checks))('explains %s', async (id) => {
    expect(await airworthy(['explain', id])).toEqual({
      code: 0,
      stdout: readFileSync(`src/checks/${id}/README.md`, 'utf8'),
      stderr: '',
    })
  })
})

describe('policy', () => {
  test.concurrent('check: the one of the current folder', async () => {
    const { dir } = createService()
    expect(await airworthy(['policy', 'check'], { cwd: dir })).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^\.github\/airworthy\.yml is valid: mode enforce, pass at 90, \d+ of \d+ checks on\n$/,
      ),
      stderr: '',
    })
  })
  test.concurrent('show: what holds without one; a policy itself', async () => {
    const cwd = temporaryFolder()
    const { stdout } = await airworthy(['policy', 'show'], { cwd })
    expect(stdout).toMatch(
      /^# The policy that holds: preset recommended .*\n# sha256:[0-9a-f]{64}\nversion: 1\nmode: advise\n/,
    )
    writeFileSync(join(cwd, 'shown.yml'), stdout)
    expect(await airworthy(['policy', 'check', 'shown.yml'], { cwd })).toMatchObject({ code: 0 })
  })
  test.concurrent('show: a file with the one beside it that it extends, from another folder', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'team.yml'), 'version: 1\nextends: ./base.yml\nconfidence: { pass: 71 }\n')
    writeFileSync(join(folder, 'base.yml'), 'version: 1\nextends: strict\nmode: advise\n')
    const { stdout } = await airworthy(['policy', 'show', join(folder, 'team.yml')], { cwd: temporaryFolder() })
    expect(stdout).toMatch(/mode: advise\nonError: block\nlabels: {}\nconfidence:\n {2}pass: 71\n/)
  })
  test.concurrent('schema: the file that ships', async () => {
    expect((await airworthy(['policy', 'schema'])).stdout).toBe(readFileSync('policies/airworthy.schema.json', 'utf8'))
  })
})

test.concurrent('init writes a policy once', async () => {
  const cwd = temporaryFolder()
  const first = await airworthy(['init'], { cwd })
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(readFileSync(join(cwd, '.github/airworthy.yml'), 'utf8')).toBe(POLICY_TEMPLATE)
  writeFileSync(join(cwd, '.github/airworthy.yml'), 'mine')
  expect(await airworthy(['init'], { cwd })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'airworthy: Cannot write .github/airworthy.yml: it exists already.\n',
  })
  expect(readFileSync(join(cwd, '.github/airworthy.yml'), 'utf8')).toBe('mine')
})

test.concurrent('init from a folder inside writes where a policy is read from', async () => {
  const repository = createGitRepository({ 'src/a.ts': 'one\n' })
  expect(await airworthy(['init'], { cwd: join(repository.dir, 'src') })).toMatchObject({ code: 0, stderr: '' })
  expect(readFileSync(join(repository.dir, '.github/airworthy.yml'), 'utf8')).toBe(POLICY_TEMPLATE)
})

describe('help', () => {
  test.concurrent.each([[['--help']], [['help', 'review']], [['review', '--help']]])(
    '%j: examples and exit codes',
    async (args) => {
      const { code, stdout } = await airworthy(args)
      expect(code).toBe(0)
      expect(stdout).toContain('Examples:\n  airworthy review ')
      expect(stdout).toContain(
        'Exit codes:\n  0  the verdict is pass or advise\n  1  the policy is not met\n  2  it could not run',
      )
    },
  )
  test.concurrent('no command: the help, on standard error', async () => {
    const { code, stdout, stderr } = await airworthy([])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('Usage: airworthy')
  })
  test.concurrent('the version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(await airworthy(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })
})
