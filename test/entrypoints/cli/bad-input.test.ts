import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { airworthy, createService } from '../../support/command-line.ts'
import { createGitRepository, temporaryFolder } from '../../support/git-repository.ts'

const service = createService()
const nowhere = temporaryFolder()
writeFileSync(join(nowhere, 'cut.diff'), 'diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -1,3 +1,3 @@\n one\n')
writeFileSync(join(nowhere, 'wrong.yml'), 'version: 1\nmoed: advise\nchecks:\n  eror-paths: warn\n')
writeFileSync(join(nowhere, 'outside.diff'), '--- a/../../a.ts\n+++ b/../../a.ts\n@@ -1 +1 @@\n-one\n+two\n')
mkdirSync(join(nowhere, 'folder'))

const stranger = createGitRepository({ 'a.ts': 'one\n' })
stranger.git('checkout', '--quiet', '--orphan', 'unrelated')
stranger.commit('Another start', { 'b.ts': 'two\n' })

const leaver = createGitRepository({ '.github/airworthy.yml': 'version: 1\nextends: ../../secret.yml\n' })

const long = createGitRepository({ 'a.ts': 'one\n' })
long.branch('feature')
long.commit('Feature', { 'a.ts': 'two\n' })
long.checkout('main')
long.commit('Meanwhile', { 'b.ts': 'two\n' })
const shallow = long.clone('--depth=1', '--no-single-branch')

const cases: readonly (readonly [what: string, cwd: string, args: readonly string[], sentence: string])[] = [
  [
    'not a repository',
    nowhere,
    ['review', 'main...HEAD'],
    '. is not in a git repository. Run this in one, or name one with --repo.',
  ],
  ['a policy for no such folder', nowhere, ['init', '--repo', 'missing'], 'There is no folder missing.'],
  [
    'a policy for a bare repository',
    service.clone('--bare').dir,
    ['init'],
    '. is a repository without files. Run init in a clone of it.',
  ],
  [
    'no such folder',
    nowhere,
    ['review', '--repo', 'missing'],
    'There is no folder missing that can be read. Name a repository with --repo.',
  ],
  [
    'an unknown base',
    service.dir,
    ['review', 'mian...HEAD'],
    'There is no revision mian here. Look at `git branch --all`, or fetch it first.',
  ],
  [
    'an unknown head',
    service.dir,
    ['review', '--base', 'main', '--head', 'nowhere'],
    'There is no revision nowhere here. Look at `git branch --all`, or fetch it first.',
  ],
  [
    'no merge base',
    stranger.dir,
    ['review', 'main...unrelated'],
    'main and unrelated have no commit in common, so there is no change to review. Give another --base.',
  ],
  [
    'a shallow clone',
    shallow.dir,
    ['review', 'origin/main...origin/feature'],
    'This shallow clone does not reach back to where origin/feature left origin/main. Fetch the rest with: git fetch --unshallow (in GitHub Actions: fetch-depth: 0).',
  ],
  [
    'a revision that is an option',
    service.dir,
    ['review', '--base=--output=x'],
    '"--output=x" is not the name of a revision. Write a branch, a tag or a commit.',
  ],
  [
    'a policy that is not there',
    service.dir,
    ['review', 'main...exposed', '--policy', 'none.yml'],
    'Cannot read the policy none.yml: there is no such file or folder.',
  ],
  [
    'a policy that is a folder',
    nowhere,
    ['review', '--diff', 'cut.diff', '--policy', 'folder'],
    'Cannot read the policy folder: it is a folder.',
  ],
  [
    'a diff that is cut off',
    nowhere,
    ['review', '--diff', 'cut.diff'],
    'Line 5 of the diff: The diff is cut off here: its hunk promises 2 more lines.',
  ],
  [
    'a diff that is not there',
    nowhere,
    ['review', '--diff', 'none.diff'],
    'Cannot read the diff none.diff: there is no such file or folder.',
  ],
  [
    'an output in no folder',
    service.dir,
    ['review', 'main...exposed', '--output', 'none/report.json'],
    'Cannot write the report to none/report.json: there is no such file or folder.',
  ],
  [
    'an output that is a folder',
    service.dir,
    ['review', 'main...exposed', '--output', 'src'],
    'Cannot write the report to src: it is a folder.',
  ],
  [
    'two changes',
    service.dir,
    ['review', 'main...exposed', '--staged'],
    'The range main...exposed and --staged name different changes. Give one of them.',
  ],
  [
    'a range and a base',
    service.dir,
    ['review', 'exposed', '--base', 'main'],
    'The range exposed says itself what the change is. Leave --base out.',
  ],
  [
    'a format',
    service.dir,
    ['review', '--format', 'jsno'],
    "Option '--format <format>' argument 'jsno' is invalid. Did you mean json?",
  ],
  [
    'a format like none',
    service.dir,
    ['review', '--format', 'pdf'],
    "Option '--format <format>' argument 'pdf' is invalid. Known are terminal, json, ndjson, markdown, sarif.",
  ],
  ['a flag', service.dir, ['review', '--stagd'], "Unknown option '--stagd'. Did you mean --staged?"],
  ['a command', service.dir, ['reveiw'], "Unknown command 'reveiw'. Did you mean review?"],
  ['a check', service.dir, ['explain', 'eror-paths'], 'There is no check "eror-paths". Did you mean error-paths?'],
  [
    'a stream and a change',
    service.dir,
    ['review', 'main...exposed', '--stdin'],
    '--stdin brings its own changes. Leave the others out.',
  ],
  [
    'a stream in another format',
    service.dir,
    ['review', '--stdin', '--format', 'json'],
    '--stdin writes ndjson, not json. Leave --format out.',
  ],
  [
    'a diff of a path outside',
    nowhere,
    ['review', '--diff', 'outside.diff'],
    'Line 1 of the diff: The path of this file cannot be read, or is outside the repository.',
  ],
]

describe('bad input gets one clear sentence and exit code 2', () => {
  test.concurrent.each(cases)('%s', async (_what, cwd, args, sentence) => {
    const ended = await airworthy(args, { cwd })
    expect(ended).toEqual({ code: 2, stdout: '', stderr: `airworthy: ${sentence}\n` })
  })
})

test.concurrent('a policy that is wrong: all its problems, with their places', async ({ expect }) => {
  const { code, stdout, stderr } = await airworthy(['policy', 'check', 'wrong.yml'], { cwd: nowhere })
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatchInlineSnapshot(`
    "airworthy: The policy has 2 problems:
      wrong.yml:2:1: moed: unknown key \`moed\`; did you mean \`mode\`?
      wrong.yml:4:3: checks.eror-paths: unknown key \`eror-paths\`; did you mean \`error-paths\`?
    "
  `)
})

test.concurrent('a policy of the base that extends a file outside the repository', async () => {
  const ended = await airworthy(['review', 'HEAD...HEAD'], { cwd: leaver.dir })
  const problem = '.github/airworthy.yml:2:10: extends: `../../secret.yml` leaves the repository'
  expect(ended).toEqual({ code: 2, stdout: '', stderr: `airworthy: The policy has a problem:\n  ${problem}\n` })
})
