import { expect, test } from 'vitest'
import { airworthy } from '../../support/command-line.ts'
import { createGitRepository } from '../../support/git-repository.ts'

const PATH = 'src/\u001b[2J\u202e<img src=x>`@team`.ts'
const HEAD = `export async function pay\u202e() {
  try {
    return await send()
  } catch { console.log('\u001b]0;owned\u0007') }
}
`

const repository = createGitRepository({ [PATH]: 'export async function pay\u202e() {\n  return await send()\n}\n' })
repository.branch('hostile')
repository.commit('\u001b[31mRed', { [PATH]: HEAD })

test.concurrent.each(['terminal', 'markdown', 'json', 'ndjson', 'sarif'])(
  '%s shows no sign that a terminal or a page obeys',
  async (format) => {
    const { code, stdout, stderr } = await airworthy(['review', 'main...hostile', '--format', format, '--verbose'], {
      cwd: repository.dir,
    })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('src/')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not be there
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  },
)

test.concurrent('a NUL in a source file hides nothing: it says that it could not look', async () => {
  const hidden = createGitRepository({ 'pay.ts': 'export const pay = send\n' })
  hidden.branch('nul')
  hidden.commit('NUL', { 'pay.ts': 'export async function pay() { try { await send() } catch {} } // \u0000\n' })
  const { stdout } = await airworthy(['review', 'main...nul', '--format', 'json'], { cwd: hidden.dir })
  const review = JSON.parse(stdout)
  expect(review.notes).toContainEqual({ kind: 'file-not-read', path: 'pay.ts', says: 'Not looked at: it is not text' })
  expect(review.checks).toContainEqual(
    expect.objectContaining({ id: 'error-paths', status: 'unknown', reason: expect.stringContaining('pay.ts') }),
  )
})
