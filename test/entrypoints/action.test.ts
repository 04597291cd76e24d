import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { buildAssets } from '../../scripts/build-command-line.ts'
import { buildAction } from '../../scripts/build-servants.ts'
import { COVERED, EXPOSED, SERVICE } from '../../scripts/demo-service.ts'
import { createGitRepository, type TestRepository, temporaryFolder } from '../support/git-repository.ts'
import type { FakeGitHub, Token } from '../support/github/fake-github.ts'
import { fakeGitHub, setPull } from '../support/github/pull-request.ts'

/** In the project, where the presets are found: the bundle that ships, run as GitHub runs it. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(join(cache, 'airworthy-action-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
await buildAction(folder)
await buildAssets(folder)
vi.setConfig({ testTimeout: 60_000 })

const ACTIONS_BOT = { id: 41898282, login: 'github-actions[bot]', type: 'Bot' } as const
const TOKENS: Readonly<Record<string, Token>> = {
  ghs_workflow: { account: ACTIONS_BOT, app: 15368, mayWrite: true },
  ghs_fork: { account: ACTIONS_BOT, app: 15368, mayWrite: false },
}

interface Run {
  readonly event?: string
  readonly payload?: object
  readonly token?: string
  readonly workspace?: string
}

async function runAction(
  github: FakeGitHub,
  { event = 'pull_request', payload, token = 'ghs_workflow', workspace }: Run,
) {
  const temp = temporaryFolder()
  const files = Object.fromEntries(['event', 'output', 'summary'].map((name) => [name, join(temp, name)]))
  for (const file of Object.values(files)) writeFileSync(file, '')
  const base = { ref: 'main', sha: github.state.git.git('rev-parse', 'main') }
  writeFileSync(files.event ?? '', JSON.stringify(payload ?? { pull_request: { number: 7, base } }))
  const child = spawn(process.execPath, [join(folder, 'action.js')], {
    env: {
      PATH: process.env.PATH,
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: files.event,
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_REPOSITORY: 'acme/web',
      GITHUB_API_URL: github.url,
      GITHUB_SERVER_URL: 'https://github.com',
      RUNNER_TEMP: temp,
      'INPUT_GITHUB-TOKEN': token,
      ...(workspace === undefined ? {} : { GITHUB_WORKSPACE: workspace }),
    },
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (log += text))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const read = (name: string) => readFileSync(files[name] ?? '', 'utf8')
  return { code, log, outputs: outputsOf(read('output')), summary: read('summary') }
}

/** `name<<ghadelimiter_…`, value, delimiter. */
function outputsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from(text.matchAll(/^(\w+)<<(\S+)\n(.*)\n\2$/gm), ([, name, , value]) => [name, value]),
  )
}

async function service(
  branch: 'exposed' | 'covered',
): Promise<{ readonly git: TestRepository; readonly github: FakeGitHub }> {
  const git = createGitRepository(SERVICE)
  git.branch('exposed')
  git.commit('Show customers no errors', EXPOSED)
  git.branch('covered', 'main')
  git.commit('Handle what fails', COVERED)
  git.checkout('main')
  const github = await fakeGitHub({ git, tokens: TOKENS })
  setPull(github, 7, branch)
  return { git, github }
}

describe('the Action', () => {
  test('fails for an exposed change: comment, marks, summary, outputs and report', async () => {
    const { github } = await service('exposed')
    const { code, log, outputs, summary } = await runAction(github, {})
    expect(code).toBe(1)
    expect(github.state.comments).toMatchObject([{ author: ACTIONS_BOT }])
    expect(github.state.checkRuns).toEqual([])
    expect(log).toMatch(/^::error title=[^:]+,file=src\/refund\.ts,line=\d+,endLine=\d+::/m)
    expect(summary).toContain('Airworthy: fail')
    expect(outputs).toMatchObject({ verdict: 'fail', covered: '0' })
    expect(JSON.parse(readFileSync(outputs.report ?? '', 'utf8'))).toMatchObject({ schemaVersion: 1, verdict: 'fail' })
  })

  test('passes for a covered change', async () => {
    const { github } = await service('covered')
    const { code, outputs } = await runAction(github, {})
    expect([code, outputs.verdict]).toEqual([0, 'pass'])
  })

  test('with a full checkout asks GitHub for the pull request and nothing of its content', async () => {
    const { git, github } = await service('exposed')
    const { outputs } = await runAction(github, { workspace: git.dir })
    expect(outputs.verdict).toBe('fail')
    expect(github.calls.filter((call) => call.startsWith('GET'))).toEqual([])
  })

  test('with a shallow checkout asks GitHub', async () => {
    const { git, github } = await service('exposed')
    const { outputs } = await runAction(github, { workspace: git.clone('--depth=1').dir })
    expect(outputs.verdict).toBe('fail')
    expect(github.calls.some((call) => call.includes('/compare/'))).toBe(true)
  })

  test('on a fork says that it may not comment, and answers by its result', async () => {
    const { github } = await service('exposed')
    const { code, log, summary } = await runAction(github, { token: 'ghs_fork' })
    expect(code).toBe(1)
    expect(log).toContain('::warning::This token may not comment')
    expect(summary).toContain('Airworthy: fail')
    expect(github.state.comments).toEqual([])
  })

  test('answers the merge queue', async () => {
    const { git, github } = await service('covered')
    const [base_sha, head_sha] = [git.git('rev-parse', 'main'), git.git('rev-parse', 'covered')]
    const merge_group = {
      base_sha,
      head_sha,
      base_ref: 'refs/heads/main',
      head_ref: `refs/heads/gh-readonly-queue/main/pr-7-${head_sha}`,
    }
    const { code, outputs } = await runAction(github, { event: 'merge_group', payload: { merge_group } })
    expect([code, outputs.verdict, github.state.comments.length]).toEqual([0, 'pass', 0])
  })

  test.each([
    [
      'an event without a change',
      { event: 'push', payload: {} },
      'Airworthy reviews pull requests; the event push has none',
    ],
    ['no token', { token: '' }, 'The input github-token is empty'],
    ['a wrong token', { token: 'ghs_wrong' }, 'GitHub, POST /graphql: 401: Bad credentials'],
  ])('with %s it fails, and says why', async (_, run, says) => {
    const { github } = await service('covered')
    const { code, log } = await runAction(github, run)
    expect(code).toBe(1)
    expect(log).toContain(`::error::Airworthy could not review: ${says}`)
  })

  test('has all that a check may load late: PostgreSQL’s parser', async () => {
    const git = createGitRepository(SERVICE)
    git.branch('feature')
    git.commit('Drop', { 'db/migrate/V2__drop.sql': 'ALTER TABLE refunds DROP COLUMN amount;\nSELECT pg_sleep(0);\n' })
    git.checkout('main')
    const github = await fakeGitHub({ git, tokens: TOKENS })
    setPull(github, 7, 'feature')
    const { outputs } = await runAction(github, {})
    const { checks } = JSON.parse(readFileSync(outputs.report ?? '', 'utf8'))
    expect(checks.filter(({ status }: { readonly status: string }) => status === 'error')).toEqual([])
    expect(checks.find(({ id }: { readonly id: string }) => id === 'rollback')).toMatchObject({ status: 'exposed' })
  })

  test('is what the sources build: twice the same bytes', async () => {
    const again = mkdtempSync(join(cache, 'airworthy-action-'))
    try {
      await buildAction(again)
      const files = readdirSync(again, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
      expect(files.length).toBeGreaterThan(1)
      for (const name of files)
        expect(readFileSync(join(again, name)).equals(readFileSync(join(folder, name)))).toBe(true)
    } finally {
      rmSync(again, { recursive: true, force: true })
    }
  })

  test('its inputs and outputs are those of action.yml', () => {
    const { inputs, outputs, runs } = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'))
    expect([Object.keys(inputs), Object.keys(outputs)]).toEqual([
      ['github-token'],
      ['verdict', 'confidence', 'covered', 'total', 'report'],
    ])
    expect(runs).toEqual({ using: 'node24', main: 'dist/action.js' })
  })
})
