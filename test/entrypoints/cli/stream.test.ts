import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { airworthy, COMMAND_LINE, createService } from '../../support/command-line.ts'

const service = createService()
const cwd = service.dir

function parsed(stdout: string) {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

test.concurrent('a line for each line, in order, and on after an error; the exit code is the worst', async () => {
  const lines = ['main exposed', '', 'main nowhere', '  main\tcovered  ', 'main', 'main a b', 'main main']
  const ended = await airworthy(['review', '--stdin', '--repo', cwd], { input: lines.join('\r\n') })
  expect(ended).toMatchObject({ code: 2, stderr: '' })
  const answers = parsed(ended.stdout)
  expect(answers.map((answer) => answer.verdict ?? answer.error.kind)).toEqual([
    'fail',
    'input',
    'pass',
    'input',
    'input',
    'pass',
  ])
  expect(answers[1]).toEqual({
    error: { kind: 'input', message: expect.stringContaining('There is no revision nowhere here.') },
    base: 'main',
    head: 'nowhere',
  })
  expect(answers[3].error.message).toBe('A line is BASE HEAD, and this one is "main".')
})

test.concurrent('the same as one review at a time', async () => {
  const one = await airworthy(['review', 'main...exposed', '--format', 'ndjson'], { cwd })
  const ended = await airworthy(['review', '--stdin', '--format', 'ndjson'], {
    cwd,
    input: 'main exposed\nmain exposed\n',
  })
  expect(ended).toEqual({ code: 1, stdout: one.stdout + one.stdout, stderr: '' })
})

test.concurrent('nothing to review is no error', async () => {
  expect(await airworthy(['review', '--stdin'], { cwd, input: '\n\n' })).toEqual({ code: 0, stdout: '', stderr: '' })
})

test.concurrent('each answer comes before the next question', async () => {
  const child = spawn(process.execPath, [COMMAND_LINE, 'review', '--stdin'], {
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const verdicts: string[] = []
  for (const head of ['exposed', 'covered']) {
    child.stdin.write(`main ${head}\n`)
    verdicts.push(JSON.parse((await answers.next()).value).verdict)
  }
  child.stdin.end()
  expect([verdicts, await once(child, 'close')]).toEqual([
    ['fail', 'pass'],
    [1, null],
  ])
})

test('a reader that leaves early is no error', () => {
  const many = 'main exposed\n'.repeat(40)
  const stdout = execFileSync(
    'bash',
    ['-c', `"$0" "$1" review --stdin | head -c 1; echo " \${PIPESTATUS[0]}"`, process.execPath, COMMAND_LINE],
    {
      cwd,
      input: many,
      stdio: ['pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
    },
  )
  expect(stdout).toBe('{ 1\n')
})
