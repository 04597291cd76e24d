import { describe, expect, test } from 'vitest'
import { airworthy } from '../../support/command-line.ts'
import { createGitRepository } from '../../support/git-repository.ts'

/** How each format writes the URL of payments, the size of a pool and, in its last line, retries; and on which lines the URL and the retries stand. */
const FORMATS: readonly [
  name: string,
  path: (environment: string) => string,
  line: number,
  last: number,
  text: (url: string, pool: number, retries: boolean) => string,
][] = [
  [
    'dotenv',
    (name) => `.env.${name}`,
    2,
    3,
    (url, pool, retries) => `DB_POOL_SIZE=${pool}\nPAY_URL=${url}\n${retries ? 'PAY_RETRIES=3\n' : ''}`,
  ],
  [
    'Helm values',
    (name) => `charts/web/values-${name}.yaml`,
    4,
    5,
    (url, pool, retries) => `db:\n  poolSize: ${pool}\npay:\n  url: ${url}\n${retries ? '  retries: 3\n' : ''}`,
  ],
  [
    'ConfigMap',
    (name) => `k8s/overlays/${name}/config.yaml`,
    7,
    8,
    (url, pool, retries) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  DB_POOL_SIZE: "${pool}"\n  PAY_URL: ${url}\n${retries ? '  PAY_RETRIES: "3"\n' : ''}`,
  ],
  [
    'a file within a ConfigMap',
    (name) => `k8s/overlays/${name}/config.yaml`,
    8,
    9,
    (url, pool, retries) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  application.properties: |\n    db.pool-size=${pool}\n    pay.url=${url}\n${retries ? '    pay.retries=3\n' : ''}`,
  ],
  [
    'appsettings',
    (name) => `src/appsettings.${name === 'production' ? 'Production' : 'Staging'}.json`,
    4,
    3,
    (url, pool, retries) =>
      `{\n  "Db": { "PoolSize": ${pool} },\n${retries ? '  "PayRetries": 3,\n' : '\n'}  "PayUrl": "${url}"\n}\n`,
  ],
  [
    'tfvars',
    (name) => `infra/${name}.tfvars`,
    2,
    3,
    (url, pool, retries) => `db_pool_size = ${pool}\npay_url = "${url}"\n${retries ? 'pay_retries = 3\n' : ''}`,
  ],
]
const PRODUCTION = 'https://pay.acme.io/v1'
const STAGING = 'https://pay.staging.acme.io/v1'

describe.each(FORMATS)('%s, from a real repository through the command line', (_name, path, line, last, text) => {
  const start = {
    [path('production')]: text(`${PRODUCTION}/`, 50, false),
    [path('staging')]: text(`${STAGING}/`, 50, false),
  }
  const repository = createGitRepository(start)
  repository.branch('lost-slash')
  const lost = repository.commit('Move payments to the new host', { [path('production')]: text(PRODUCTION, 50, false) })
  const restored = repository.commit('Put the slash back', {
    [path('production')]: text(`${PRODUCTION}/`, 50, false),
  })
  repository.branch('pool', 'main')
  const pool = repository.commit('Tune the database', { [path('production')]: text(`${PRODUCTION}/`, 5, false) })
  repository.branch('key', 'main')
  const key = repository.commit('Retry payments', { [path('staging')]: text(`${STAGING}/`, 50, true) })

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

  test('a key added in staging only: one exposure at its line', async () => {
    expect(await open(key)).toEqual([`missing-in-environment ${path('staging')}:${last}`])
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
