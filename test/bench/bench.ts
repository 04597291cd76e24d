/** `npm run bench`: how long a review takes and how much memory, from the start of the process to its end, beside the targets. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Run, runGit, runNode } from './run-review.ts'
import { fastImportScript, type Shape } from './synthetic-repository.ts'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
const CLI = join(PACKAGE, 'dist', 'cli.js')
const TIMES = 5
/** The diff and the listing alone, as git makes them: what a review cannot do without, on this machine, now. */
const YARDSTICK = ['diff', '--patch', '--find-renames']

const folder = mkdtempSync(join(tmpdir(), 'airworthy-bench-'))
try {
  if (!existsSync(CLI)) throw new Error('dist/cli.js is missing; run: npm run build')
  print(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}; the best of ${TIMES} where it is quick`,
  )
  print(row('', 'wall', 'target', '', 'CPU', 'of git diff', 'peak memory'))
  const small: Shape = { files: 600, changes: 1, touched: 10, linesPerFile: 20 }
  await coldReview('10 files', small, TIMES, 0.6)
  await coldReview('as a package starts', small, TIMES, 0.6, undefined, packageWithoutCache())
  await coldReview('30 files', { files: 600, changes: 1, touched: 30, linesPerFile: 20 }, TIMES, 1)
  await coldReview('3,000 files', { files: 4_000, changes: 1, touched: 3_000, linesPerFile: 34 }, 1, 15, 1_024)
  await stream({ files: 600, changes: 50, touched: 10, linesPerFile: 20 }, 0.15)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function coldReview(
  name: string,
  shape: Shape,
  times: number,
  target: number,
  memoryTarget?: number,
  cli = CLI,
): Promise<void> {
  const repository = await createRepository(shape)
  const range = 'start...change-0'
  const yardstick = Math.min(...(await repeat(times, () => runGit(repository, [...YARDSTICK, range]))))
  const runs = await repeat(times, () => runNode(cli, ['review', range, '--repo', repository, '--format', 'json']))
  const best = runs.reduce((a, b) => (a.seconds <= b.seconds ? a : b))
  const { change } = JSON.parse(best.stdout)
  report(
    `${name}, ${(change.additions + change.deletions).toLocaleString('en')} lines`,
    best,
    target,
    yardstick,
    memoryTarget,
  )
}

/** What the build compiled for this very Node stays where it was built: a package has none of it. */
function packageWithoutCache(): string {
  const copy = join(folder, 'package')
  for (const part of ['package.json', 'policies', 'dist'])
    cpSync(join(PACKAGE, part), join(copy, part), { recursive: true, filter: (path) => !path.endsWith('.cache') })
  return join(copy, 'dist', 'cli.js')
}

async function stream(shape: Shape, target: number): Promise<void> {
  const repository = await createRepository(shape)
  // As the help of `--stdin` has it: each commit by its id, and the one before it.
  const log = ['-C', repository, 'log', '--first-parent', '--format=%H^1 %H', 'start..main']
  const input = execFileSync('git', log, { encoding: 'utf8' })
  const pairs = input
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
  let yardstick = 0
  for (const [base, head] of pairs) yardstick += await runGit(repository, [...YARDSTICK, `${base}...${head}`])
  const run = await runNode(CLI, ['review', '--stdin', '--repo', repository], input)
  const answers = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  if (answers.length !== pairs.length || answers.some((answer) => 'error' in answer)) throw new Error('a review failed')
  const mean = { ...run, seconds: run.seconds / pairs.length, cpuSeconds: run.cpuSeconds / pairs.length }
  report(`--stdin, mean of ${pairs.length} of 10 files`, mean, target, yardstick / pairs.length)
}

async function createRepository(shape: Shape): Promise<string> {
  const repository = mkdtempSync(join(folder, 'repository-'))
  await runGit(repository, ['init', '--quiet', '--bare', '--initial-branch=main'])
  await runGit(repository, ['fast-import', '--quiet'], fastImportScript(shape))
  return repository
}

async function repeat<T>(times: number, once: () => Promise<T>): Promise<readonly T[]> {
  const results: T[] = []
  for (let left = times; left > 0; left--) results.push(await once())
  return results
}

function report(name: string, run: Run, target: number, yardstick: number, memoryTarget?: number): void {
  if (run.exitCode === 2) throw new Error(`${name}: the review could not run`)
  const met = run.seconds <= target && (memoryTarget === undefined || run.mebibytes <= memoryTarget)
  const memory = `${run.mebibytes.toFixed(0)} MiB${memoryTarget === undefined ? '' : ` of ${memoryTarget}`}`
  const ratio = `${(run.seconds / yardstick).toFixed(1)} ×`
  print(
    row(name, seconds(run.seconds), seconds(target), met ? 'met' : 'MISSED', seconds(run.cpuSeconds), ratio, memory),
  )
}

function row(...[name = '', ...cells]: readonly string[]): string {
  return name.padEnd(34) + cells.map((cell) => cell.padStart(14)).join('')
}

function seconds(value: number): string {
  return value < 1 ? `${(value * 1000).toFixed(0)} ms` : `${value.toFixed(2)} s`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
