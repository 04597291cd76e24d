/** `npm run demo`: an example repository in a temporary folder, a change that is exposed and one that is covered, both reviewed. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { styleText } from 'node:util'
import { COVERED, EXPOSED, SERVICE } from './demo-service.ts'

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
  git('init', '--quiet', '--initial-branch=main')
  commit('Payments service', SERVICE)
  git('checkout', '--quiet', '-b', 'hide-refund-errors')
  commit('Show customers no errors', EXPOSED)
  git('checkout', '--quiet', '-b', 'queue-failed-refunds', 'main')
  commit('Queue refunds that fail', COVERED)
}

function commit(message: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  git('add', '--all')
  git('commit', '--quiet', `--message=${message}`)
}

/** The person's own name, hooks and signing stay out of it. */
function git(...args: readonly string[]): void {
  const identity = ['-c', 'user.name=Amelia', '-c', 'user.email=amelia@example.com']
  const plain = ['-c', 'commit.gpgSign=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.autocrlf=false']
  execFileSync('git', [...identity, ...plain, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
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
