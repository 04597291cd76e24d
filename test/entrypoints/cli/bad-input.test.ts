import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { airworthy, createService } from '../../support/command-line.ts'
import { createGitRepository, temporaryFolder } from '../../support/git-repository.ts'

const service = createService()
const nowhere = temporaryFolder()
writeFileSync(join(nowhere, 'cut.diff'), 'diff --git a/a.ts b/a.ts\n--- a/a.ts\n+++ b/a.ts\n@@ -1,3 +1,3 @@\n one\n')
writeFileSync(join(nowhere, 'wrong.yml'), 'version: 1\nmoed: advise\nchecks:\n  eror-paths: warn\n')
mkdirSync(join(nowhere, 'folder'))

const stranger = createGitRepository({ 'a.ts': 'one\n' })
stranger.git('checkout', '--quiet', '--orphan', 'unrelated')
stranger.commit('Another start', { 'b.ts': 'two\n' })

const long = createGitRepository({ 'a.ts': 'one\n' })
long.branch('feature')
long.commit('Feature', { 'a.ts': 'two\n' })
long.checkout('main')
long.commit('Meanwhile', { 'b.ts': 'two\n' })
const shallow = long.clone('--depth=1', '--no-single-branch')

const cases: readonly (readonly [what: string, cwd: string, args: readonly string[], sentence: string])[] = [
  ['not a repository', nowhere, ['review', 'main...HEAD'], ''],
  ['no such folder', nowhere, ['review', '--repo', 'missing'], ''],
  ['an unknown base', service.dir, ['review', 'mian...HEAD'], ''],
  ['an unknown head', service.dir, ['review', '--base', 'main', '--head', 'nowhere'], ''],
  ['no merge base', stranger.dir, ['review', 'main...unrelated'], ''],
  ['a shallow clone', shallow.dir, ['review', 'origin/main...origin/feature'], ''],
  ['a revision that is an option', service.dir, ['review', '--base=--output=x'], ''],
  ['a policy that is not there', service.dir, ['review', 'main...exposed', '--policy', 'none.yml'], ''],
  ['a policy that is a folder', nowhere, ['review', '--diff', 'cut.diff', '--policy', 'folder'], ''],
  ['a policy that is wrong', nowhere, ['policy', 'check', 'wrong.yml'], ''],
  ['a diff that is cut off', nowhere, ['review', '--diff', 'cut.diff'], ''],
  ['a diff that is not there', nowhere, ['review', '--diff', 'none.diff'], ''],
  ['an output in no folder', service.dir, ['review', 'main...exposed', '--output', 'none/report.json'], ''],
  ['an output that is a folder', service.dir, ['review', 'main...exposed', '--output', 'src'], ''],
  ['two changes', service.dir, ['review', 'main...exposed', '--staged'], ''],
  ['a range and a base', service.dir, ['review', 'exposed', '--base', 'main'], ''],
  ['a format', service.dir, ['review', '--format', 'jsno'], ''],
  ['a format like none', service.dir, ['review', '--format', 'pdf'], ''],
  ['a flag', service.dir, ['review', '--stagd'], ''],
  ['a command', service.dir, ['reveiw'], ''],
  ['a check', service.dir, ['explain', 'eror-paths'], ''],
  ['a stream and a change', service.dir, ['review', 'main...exposed', '--stdin'], ''],
  ['a stream in another format', service.dir, ['review', '--stdin', '--format', 'json'], ''],
]

describe('bad input gets one clear sentence and exit code 2', () => {
  test.concurrent.each(cases)('%s', async (_what, cwd, args, sentence) => {
    const ended = await airworthy(args, { cwd })
    expect(ended).toEqual({ code: 2, stdout: '', stderr: `airworthy: ${sentence}\n` })
  })
})
