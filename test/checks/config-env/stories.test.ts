import { describe, expect, test } from 'vitest'
import { airworthy } from '../../support/command-line.ts'
import { createGitRepository } from '../../support/git-repository.ts'

/** How each format writes the URL of payments and the size of a pool, and on which line the URL stands. */
const FORMATS: readonly [
  name: string,
  path: (environment: string) => string,
  line: number,
  text: (url: string, pool: number) => string,
][] = [
  ['dotenv', (name) => `.env.${name}`, 2, (url, pool) => `DB_POOL_SIZE=${pool}\nPAY_URL=${url}\n`],
  [
    'Helm values',
    (name) => `charts/web/values-${name}.yaml`,
    4,
    (url, pool) => `db:\n  poolSize: ${pool}\npay:\n  url: ${url}\n`,
  ],
  [
    'ConfigMap',
    (name) => `k8s/overlays/${name}/config.yaml`,
    7,
    (url, pool) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  DB_POOL_SIZE: "${pool}"\n  PAY_URL: ${url}\n`,
  ],
  [
    'appsettings',
    (name) => `src/appsettings.${name === 'production' ? 'Production' : 'Staging'}.json`,
    3,
    (url, pool) => `{\n  "Db": { "PoolSize": ${pool} },\n  "PayUrl": "${url}"\n}\n`,
  ],
  ['tfvars', (name) => `infra/${name}.tfvars`, 2, (url, pool) => `db_pool_size = ${pool}\npay_url = "${url}"\n`],
]
const PRODUCTION = 'https://pay.acme.io/v1'
const STAGING = 'https://pay.staging.acme.io/v1'

describe.each(FORMATS)('%s, from a real repository through the command line', (_name, path, line, text) => {
  const start = { [path('production')]: text(`${PRODUCTION}/`, 50), [path('staging')]: text(`${STAGING}/`, 50) }
  const repository = createGitRepository(start)
  repository.branch('lost-slash')
  const lost = repository.commit('Move payments to the new host', { [path('production')]: text(PRODUCTION, 50) })
  const restored = repository.commit('Put the slash back', { [path('production')]: text(`${PRODUCTION}/`, 50) })
  repository.branch('pool', 'main')
  const pool = repository.commit('Tune the database', { [path('production')]: text(`${PRODUCTION}/`, 5) })

  async function open(revision: string): Promise<readonly string[]> {
    const { stdout } = await airworthy(['review', `main...${revision}`, '--format', 'json'], { cwd: repository.dir })
    const review: unknown = JSON.parse(stdout)
    const checks: readonly {
      id: string
      exposures: readonly { kind: string; path: string; startLine: number; covered: boolean }[]
    }[] = Object(review).checks
    const exposures = checks.find(({ id }) => id === 'config-env')?.exposures ?? []
    return exposures
      .filter(({ covered }) => !covered)
      .map(({ kind, path: at, startLine }) => `${kind} ${at}:${startLine}`)
  }

  test('one URL lost its slash: one exposure at its line; with the slash restored it is gone', async () => {
    expect(await open(lost)).toEqual([`trailing-slash-differs ${path('production')}:${line}`])
    expect(await open(restored)).toEqual([])
  })

  test('a pool of 50 that became 5: one exposure', async () => {
    expect(await open(pool)).toEqual([expect.stringContaining(`risky-pool ${path('production')}:`)])
  })
})

test('a key added in staging only is missing in production, in words for the terminal', async () => {
  const repository = createGitRepository({ '.env.production': 'A=1\nB=2\n', '.env.staging': 'A=1\nB=2\n' })
  repository.branch('key')
  repository.commit('Retry payments', { '.env.staging': 'A=1\nB=2\nPAY_RETRIES=3\n' })
  const { stdout } = await airworthy(['review', 'main...key'], { cwd: repository.dir })
  expect(stdout).toContain('PAY_RETRIES` was added in staging but production does not have it')
  expect(stdout).toContain('.env.staging:3')
  expect(stdout).not.toContain('PAY_RETRIES=3')
})

test('two thousand files of configuration cost about as much as twenty, when five changed', async () => {
  const many = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `apps/a${index >> 1}/values-${index % 2 === 0 ? 'production' : 'staging'}.yaml`,
        `pool: ${index}\nurl: https://a.io/${index}\n`,
      ]),
    )
  const seconds = async (count: number): Promise<number> => {
    const repository = createGitRepository(many(count))
    repository.branch('change')
    repository.commit(
      'Change five',
      Object.fromEntries(
        [0, 2, 4, 6, 8].map((index) => [
          `apps/a${index >> 1}/values-production.yaml`,
          `pool: 9${index}\nurl: https://a.io/${index}\n`,
        ]),
      ),
    )
    const begin = performance.now()
    await airworthy(['review', 'main...change'], { cwd: repository.dir })
    return (performance.now() - begin) / 1000
  }
  await seconds(20)
  expect(await seconds(2000)).toBeLessThan((await seconds(20)) * 2 + 0.5)
})
