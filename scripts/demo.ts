/** `npm run demo`: an example repository in a temporary folder, a change that is exposed and one that is covered, both reviewed. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { styleText } from 'node:util'
import { COVERED, EXPOSED, SERVICE } from './demo-service.ts'
import { createExampleRepository } from './example-repository.ts'

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'airworthy-demo-'))
const color = process.stdout.isTTY === true && !process.env.NO_COLOR

try {
  createService()
  say('A payments service. A pull request wants that customers see no more errors when a refund fails.')
  review('hide-refund-errors')
  say('The catch says that all is well, and the money never comes back. A line coverage of 100 % would not tell.')
  say('The same wish, done in another way: the refund is queued, and a test makes the provider fail to see it.')
  review('queue-failed-refunds')
  say('Exit code 0 lets a change fly, 1 does not. On a repository of yours: node dist/cli.js review --repo FOLDER')
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function createService(): void {
  const branch = createExampleRepository(folder, 'Payments service', SERVICE)
  branch('hide-refund-errors', 'Show customers no errors', EXPOSED)
  branch('queue-failed-refunds', 'Queue refunds that fail', COVERED)
}

function review(branch: string): void {
  print(bold(`$ airworthy review main...${branch}\n\n`))
  const { status, error } = spawnSync(process.execPath, [cli, 'review', `main...${branch}`], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (error !== undefined) throw error
  if (status === 2) throw new Error('the review could not run')
  print(`\n${bold(`exit code ${status}`)}\n\n`)
}

function say(sentence: string): void {
  print(`${sentence}\n\n`)
}

function bold(text: string): string {
  return color ? styleText('bold', text) : text
}

function print(text: string): void {
  process.stdout.write(text)
}
