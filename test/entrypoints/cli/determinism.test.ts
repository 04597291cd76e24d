import { join } from 'node:path'
import { expect, test } from 'vitest'
import { airworthy, createService } from '../../support/command-line.ts'
import { temporaryFolder } from '../../support/git-repository.ts'

const service = createService()
const bare = service.clone('--bare')
const HERE = { LC_ALL: 'C', TZ: 'UTC' }

const FAR = { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati', COLUMNS: '40', TERM: 'dumb' }

function review(format: string, cwd: string, env: Readonly<Record<string, string>>, ...options: readonly string[]) {
  return airworthy(['review', 'main...exposed', '--format', format, ...options], { cwd, env })
}

test.concurrent.each(['terminal', 'json', 'ndjson', 'markdown', 'sarif'])(
  '%s: the same bytes from a bare clone, in another folder, locale and time zone',
  async (format) => {
    const here = await review(format, service.dir, HERE)
    expect(here.stdout.length).toBeGreaterThan(100)
    expect(await review(format, temporaryFolder(), FAR, '--repo', bare.dir)).toEqual(here)
  },
)

test.concurrent('the same bytes again, and from a folder inside', async () => {
  const here = await review('json', service.dir, HERE)
  expect(await review('json', service.dir, HERE)).toEqual(here)
  expect(await review('json', join(service.dir, 'src'), HERE)).toEqual(here)
})

test.concurrent('another change has other bytes', async () => {
  const other = await airworthy(['review', 'main...covered', '--format', 'json'], { cwd: service.dir, env: HERE })
  expect(other.stdout).not.toBe((await review('json', service.dir, HERE)).stdout)
})
