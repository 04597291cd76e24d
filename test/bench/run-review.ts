import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'

export interface Run {
  readonly seconds: number
  /** Time of the processors, which waits for nobody; git's processes are not in it. */
  readonly cpuSeconds: number
  /** Largest resident memory of the process itself, in MiB; git's own processes are not in it. */
  readonly mebibytes: number
  readonly exitCode: number | null
  readonly stdout: string
}

/** Writes what the process used to file descriptor 3 as it ends. Required, for an import would start the loader of modules. */
const REPORT_USAGE = fileURLToPath(new URL('report-usage.cjs', import.meta.url))

/** Runs a Node script with these arguments and this input, from its start to its end. */
export function runNode(script: string, args: readonly string[], input = ''): Promise<Run> {
  const started = performance.now()
  const child = spawn(process.execPath, ['--require', REPORT_USAGE, script, ...args], {
    stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
  })
  const [stdin, stdout, , report] = child.stdio
  const texts = { stdout: '', report: '' }
  stdout?.on('data', (chunk) => {
    texts.stdout += chunk
  })
  if (report !== null && report !== undefined && 'on' in report) {
    report.on('data', (chunk) => {
      texts.report += chunk
    })
  }
  stdin?.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => {
      const seconds = (performance.now() - started) / 1000
      const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(texts.report)
      const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6
      resolve({ seconds, cpuSeconds, mebibytes: maxRSS / 1024, exitCode, stdout: texts.stdout })
    })
  })
}

/** Runs git and answers how long that took, in seconds. */
export function runGit(folder: string, args: readonly string[], input = ''): Promise<number> {
  const started = performance.now()
  const child = spawn('git', ['-C', folder, ...args], { stdio: ['pipe', 'ignore', 'inherit'] })
  // It may end before it has read everything.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve((performance.now() - started) / 1000)
      else reject(new Error(`git ${args[0]} ended with ${code}`))
    })
  })
}
