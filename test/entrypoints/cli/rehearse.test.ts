import { describe, expect, test } from 'vitest'
import { parseRehearsal } from '../../../src/facts/migration/evidence/rehearsal.ts'
import { airworthy } from '../../support/command-line.ts'
import { createGitRepository } from '../../support/git-repository.ts'

const UP = 'migrations/1_nick.up.sql'

/** A repository whose `main` is followed by a change that drops a column. */
function createDropping() {
  const repository = createGitRepository({ 'a.txt': '' })
  const base = repository.git('rev-parse', 'HEAD')
  repository.commit('Drop nick', {
    [UP]: 'ALTER TABLE users DROP COLUMN nick;\n',
    'migrations/1_nick.down.sql': 'ALTER TABLE users ADD COLUMN nick text;\n',
  })
  return { repository, base }
}

const rehearse = (cwd: string, ...command: readonly string[]) =>
  airworthy(
    ['rehearse', '--what', 'migrations', '--data-checked', 'row counts', '--environment', 'staging', '--', ...command],
    { cwd },
  )

async function rollbackOf(cwd: string, base: string) {
  const { stdout, stderr } = await airworthy(['review', `${base}...HEAD`, '--format', 'json'], { cwd })
  const report: { checks: { id: string; exposures: { kind: string; covered: boolean }[] }[] } = JSON.parse(
    stdout === '' ? stderr : stdout,
  )
  return report.checks
    .find((check) => check.id === 'rollback')
    ?.exposures.map(({ kind, covered }) => `${kind} ${covered}`)
}

describe('rehearse', () => {
  test('runs the command, leaves a record, and the record covers the change until the migration is edited', async () => {
    const { repository, base } = createDropping()
    expect(await rollbackOf(repository.dir, base)).toEqual(['data-lost false'])
    const ended = await rehearse(repository.dir, process.execPath, '-e', 'console.log("gone back")')
    expect(ended).toMatchObject({ code: 0, stdout: 'gone back\n' })
    const path = /wrote (\S+\.yml)\./.exec(ended.stderr)?.[1] ?? ''
    const record = parseRehearsal(path, repository.read(path))
    expect(record).toMatchObject({
      status: 'read',
      rehearsal: {
        what: ['migrations'],
        exitCode: 0,
        environment: 'staging',
        dataChecked: 'row counts',
        commit: repository.git('rev-parse', 'HEAD'),
        files: { [UP]: repository.git('rev-parse', `HEAD:${UP}`) },
      },
    })
    // The commits of tests are made on a fixed day: the record has to be of that day.
    const day = repository.git('log', '-1', '--format=%cI')
    repository.commit('Rehearse', { [path]: repository.read(path).replace(/when: .*/, `when: ${day}`) })
    expect(await rollbackOf(repository.dir, base)).toEqual(['data-lost true'])
    repository.commit('Edit', { [UP]: '-- now\nALTER TABLE users DROP COLUMN nick;\n' })
    expect(await rollbackOf(repository.dir, base)).toEqual(['data-lost false'])
  })

  test('a run that fails leaves a record that says so, and ends with 1', async () => {
    const { repository } = createDropping()
    const { code, stderr } = await rehearse(repository.dir, process.execPath, '-e', 'process.exit(3)')
    expect(code).toBe(1)
    expect(stderr).toMatch(/ended with 3: \S+ says so, and proves nothing\.\n$/)
    expect(repository.read(/: (\S+\.yml) says/.exec(stderr)?.[1] ?? '')).toContain('exitCode: 3\n')
  })

  test.each<[string, readonly string[], RegExp]>([
    [
      'a path that is not there',
      ['--what', 'gone.sql', '--', 'true'],
      /^airworthy: Nothing in HEAD is named gone\.sql\. Write the path/,
    ],
    ['no path', ['--', 'true'], /^airworthy: Required option '--what <path\.\.\.>' not specified\./],
    [
      'a command that does not exist',
      ['--what', 'migrations', '--', './no-such'],
      /^airworthy: Cannot run \.\/no-such: there is no such file or folder\.\n$/,
    ],
    ['a pattern that cannot be read', ['--what', '[', '--', 'true'], /^airworthy: The pattern "\["/],
  ])('refuses %s with one sentence', async (_, args, expected) => {
    const { repository } = createDropping()
    expect(await airworthy(['rehearse', ...args], { cwd: repository.dir })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(expected),
    })
  })
})
