import { join } from 'node:path'
import { expect, test } from 'vitest'
import { airworthy, createService } from '../../support/command-line.ts'
import { temporaryFolder } from '../../support/git-repository.ts'

const service = createService()
const bare = service.clone('--bare')
const HERE = { LC_ALL: 'C', TZ: 'UTC' }

test.concurrent.each(['terminal', 'json', 'ndjson', 'markdown', 'sarif'])(
  '%s: the same bytes everywhere',
  async (format) => {
    const review = ['review', 'main...exposed', '--format', format]
    const { stdout } = await airworthy(review, { cwd: service.dir, env: HERE })
    expect(stdout.length).toBeGreaterThan(100)
    const again = await Promise.all([
      airworthy(review, { cwd: service.dir, env: HERE }),
      airworthy([...review, '--repo', service.dir], { cwd: temporaryFolder(), env: HERE }),
      airworthy(review, { cwd: join(service.dir, 'src'), env: HERE }),
      airworthy(review, {
        cwd: service.dir,
        env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' },
      }),
      airworthy([...review, '--repo', bare.dir], { cwd: temporaryFolder(), env: HERE }),
      airworthy(review, { cwd: service.dir, env: { ...HERE, COLUMNS: '40', TERM: 'dumb' } }),
    ])
    expect(new Set(again.map((ended) => ended.stdout))).toEqual(new Set([stdout]))
  },
)
