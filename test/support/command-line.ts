import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, vi } from 'vitest'
import { buildCommandLine } from '../../scripts/build-command-line.ts'
import { COVERED, EXPOSED, SERVICE } from '../../scripts/demo-service.ts'
import { createGitRepository, type TestRepository } from './git-repository.ts'

/** In the project, where the presets are found; the real bundle, so that tests run what ships. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(join(cache, 'airworthy-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
await buildCommandLine(folder)
// Processes on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000, maxConcurrency: 4 })
/** The built `cli.js`, for a test that needs more than `airworthy` gives. */
export const COMMAND_LINE = join(folder, 'cli.js')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface RunOptions {
  readonly cwd?: string
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs `airworthy` as a process of its own, without a terminal, and waits for its end. */
export function airworthy(args: readonly string[], { cwd, input = '', env = {} }: RunOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, [COMMAND_LINE, ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ended.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ended.stderr += text
  })
  // It may end before it has read everything.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...ended }))
  })
}

/** The payments service of the demo: `main`, and from it `exposed` and `covered`. The policy on `main` is strict. */
export function createService(): TestRepository {
  const repository = createGitRepository(SERVICE)
  repository.branch('exposed')
  repository.commit('Show customers no errors', EXPOSED)
  repository.branch('covered', 'main')
  repository.commit('Queue refunds that fail', COVERED)
  return repository
}
