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
