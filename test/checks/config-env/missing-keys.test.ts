import { expect, test } from 'vitest'
import { exposuresOf, type Files, raised } from '../../support/config-change.ts'

const STAGING = 'PAY_URL=https://pay.staging.acme.io\nDB_POOL=50\n'
const PRODUCTION = 'PAY_URL=https://pay.acme.io\nDB_POOL=50\n'

const MISSING: readonly [name: string, files: Files, raised: readonly string[]][] = [
  [
    'added in staging only',
    { '.env.staging': [STAGING, `${STAGING}PAY_RETRY=3\n`], '.env.production': PRODUCTION },
    ['medium missing-in-environment .env.staging:3'],
  ],
  [
    'added in both',
    {
      '.env.staging': [STAGING, `${STAGING}PAY_RETRY=3\n`],
      '.env.production': [PRODUCTION, `${PRODUCTION}PAY_RETRY=3\n`],
    },
    [],
  ],
  [
    'added in production only',
    { '.env.staging': STAGING, '.env.production': [PRODUCTION, `${PRODUCTION}PAY_RETRY=3\n`] },
    [],
  ],
  [
    'added for developers only',
    { '.env.development': [STAGING, `${STAGING}PAY_RETRY=3\n`], '.env.production': PRODUCTION },
    [],
  ],
  [
    'added in the base file that all inherit',
    {
      'values.yaml': ['a: 1\nb: 2\n', 'a: 1\nb: 2\nc: 3\n'],
      'values-prod.yaml': 'a: 2\n',
      'values-staging.yaml': 'a: 3\n',
    },
    [],
  ],
  [
    'there by the chart below',
    {
      'deploy/web/Chart.yaml': 'name: web\n',
      'deploy/web/values.yaml': 'a: 1\nb: 2\nc: 3\n',
      'deploy/values-prod.yaml': 'a: 2\nb: 2\n',
      'deploy/values-staging.yaml': ['a: 3\nb: 2\n', 'a: 3\nb: 2\nc: 4\n'],
    },
    [],
  ],
  [
    'there by the folder of settings',
    {
      'config/settings.yml': 'a: 1\nb: 2\nc: 3\n',
      'config/settings/production.yml': 'a: 2\nb: 2\n',
      'config/settings/staging.yml': ['a: 3\nb: 2\n', 'a: 3\nb: 2\nc: 4\n'],
    },
    [],
  ],
  [
    'there by the default of a variable',
    {
      'infra/variables.tf': 'variable "c" {\n  default = 3\n}\n',
      'infra/envs/production.tfvars': 'a = 2\nb = 2\n',
      'infra/envs/staging.tfvars': ['a = 3\nb = 2\n', 'a = 3\nb = 2\nc = 4\n'],
    },
    [],
  ],
  [
    'a variable without a default',
    {
      'infra/variables.tf': 'variable "c" {\n  type = number\n}\n',
      'infra/envs/production.tfvars': 'a = 2\nb = 2\n',
      'infra/envs/staging.tfvars': ['a = 3\nb = 2\n', 'a = 3\nb = 2\nc = 4\n'],
    },
    ['medium missing-in-environment infra/envs/staging.tfvars:3'],
  ],
  [
    'environments that only their company shows',
    {
      'envs/copy.tfvars': 'a = 2\nb = 2\n',
      'envs/production.tfvars': ['a = 2\nb = 2\n', 'a = 2\nb = 2\nc = 4\n'],
      'envs/staging.tfvars': ['a = 3\nb = 2\n', 'a = 3\nb = 2\nc = 4\n'],
    },
    [],
  ],
  [
    'what differs by nature',
    {
      'values-prod.yaml': 'a: 1\nb: 2\n',
      'values-staging.yaml': ['a: 3\nb: 4\n', 'a: 3\nb: 4\ncron:\n  restore: x\n'],
    },
    [],
  ],
  [
    'there by inheritance',
    {
      'values.yaml': 'a: 1\nb: 2\nc: 3\n',
      'values-prod.yaml': 'a: 2\n',
      'values-staging.yaml': ['a: 3\n', 'a: 3\nc: 4\n'],
    },
    [],
  ],
  [
    'siblings that share little',
    { 'values-prod.yaml': 'x: 1\ny: 2\n', 'values-staging.yaml': ['a: 3\nb: 4\n', 'a: 3\nb: 4\nc: 4\n'] },
    [],
  ],
  [
    'a whole section, said once',
    {
      'config/prod.yaml': 'a: 1\nb: 2\n',
      'config/staging.yaml': ['a: 3\nb: 4\n', 'a: 3\nb: 4\npay:\n  url: x\n  key: y\n'],
    },
    ['medium missing-in-environment config/staging.yaml:4'],
  ],
  [
    'renamed in one',
    { '.env.staging': [STAGING, STAGING.replace('DB_POOL', 'DB_POOL_SIZE')], '.env.production': PRODUCTION },
    ['medium renamed-in-one .env.staging:2'],
  ],
  [
    'renamed in both',
    {
      '.env.staging': [STAGING, STAGING.replace('DB_POOL', 'DB_POOL_SIZE')],
      '.env.production': [PRODUCTION, PRODUCTION.replace('DB_POOL', 'DB_POOL_SIZE')],
    },
    [],
  ],
  ['a new environment', { '.env.staging': [null, `${STAGING}EXTRA=1\n`], '.env.production': PRODUCTION }, []],
  [
    'the application has a default of its own',
    {
      'src/main/resources/application.yml': 'pay:\n  newEndpoint: false\n',
      '.env.staging': [STAGING, `${STAGING}PAY_NEWENDPOINT=true\n`],
      '.env.production': PRODUCTION,
    },
    [],
  ],
  [
    'the code has a default',
    {
      '.env.staging': [STAGING, `${STAGING}PAY_RETRY=3\n`],
      '.env.production': PRODUCTION,
      'src/pay.ts': ['', "const n = process.env.PAY_RETRY ?? '3'\n"],
    },
    [],
  ],
  [
    'sections of one file',
    {
      'config/database.yml': [
        'production:\n  host: a\n  pool: 5\nstaging:\n  host: b\n  pool: 5\n',
        'production:\n  host: a\n  pool: 5\nstaging:\n  host: b\n  pool: 5\n  ssl_ca: x\n',
      ],
    },
    ['medium missing-in-environment config/database.yml:7'],
  ],
  [
    'sections that inherit by anchor',
    {
      'config/database.yml': [
        'default: &d\n  pool: 5\nproduction:\n  <<: *d\n  host: a\nstaging:\n  <<: *d\n  host: b\n',
        'default: &d\n  pool: 5\n  ssl_ca: x\nproduction:\n  <<: *d\n  host: a\nstaging:\n  <<: *d\n  host: b\n',
      ],
    },
    [],
  ],
  [
    'an example is no sibling',
    { '.env.example': [STAGING, `${STAGING}PAY_RETRY=3\n`], '.env.production': PRODUCTION },
    [],
  ],
  [
    'order, comments, quotes and layout',
    {
      '.env.staging': [STAGING, '# pay\nDB_POOL="50"\n\nexport PAY_URL=https://pay.staging.acme.io # new\n'],
      '.env.production': PRODUCTION,
    },
    [],
  ],
]

test.each(MISSING)('missing: %s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})

test('the policy adds names of environments and expects differences by key and kind', () => {
  const files: Files = {
    'values-canary.yaml': ['a: 1\nb: 2\n', 'a: 1\nb: 2\nc: 3\n'],
    'values-prod.yaml': 'a: 1\nb: 2\n',
  }
  expect(raised(files)).toEqual([])
  expect(raised(files, undefined, ['canary', 'prod'])).toEqual(['medium missing-in-environment values-canary.yaml:3'])
  expect(
    raised(files, { expected: [{ keys: ['c*'], kinds: ['missing-in-environment'] }], provided: [] }, [
      'canary',
      'prod',
    ]),
  ).toEqual([])
  expect(
    raised(files, { expected: [{ keys: ['c'], kinds: ['type-differs'] }], provided: [] }, ['canary', 'prod']),
  ).toHaveLength(1)
})

test('a new section is named by the first that holds more than another', () => {
  const [exposure] = exposuresOf({
    'config/prod.yaml': 'a: 1\n',
    'config/staging.yaml': ['a: 1\n', 'a: 1\nx:\n  pay:\n    url: b\n    key: c\n'],
  })
  expect(exposure?.says).toContain('`x.pay` was added in staging')
})
