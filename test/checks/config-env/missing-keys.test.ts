import { expect, test } from 'vitest'
import { exposuresOf, type Files, raised } from '../../support/config-change.ts'

const STAGING = 'PAY_URL=https://pay.staging.acme.io\nDB_POOL=50\n'
const PRODUCTION = 'PAY_URL=https://pay.acme.io\nDB_POOL=50\n'

const MISSING: readonly [name: string, files: Files, raised: readonly string[]][] = [
  [
    'added in staging only',
    { '.env.staging': [STAGING, `${STAGING}PAY_RETRY=3\n`], '.env.production': PRODUCTION },
    ['high missing-in-environment .env.staging:3'],
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
    ['high missing-in-environment infra/envs/staging.tfvars:3'],
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
    'a whole section of a deployment, which may come to one environment at a time',
    {
      'values-prod.yaml': 'a: 1\nb: 2\n',
      'values-staging.yaml': ['a: 3\nb: 4\n', 'a: 3\nb: 4\npay:\n  url: x\n  key: y\n'],
    },
    [],
  ],
  [
    'staging, which had one key of its own',
    {
      '.env.staging': [`${STAGING}PREVIEW=1\n`, `${STAGING}PREVIEW=1\nEXTRA=1\n`],
      '.env.production': PRODUCTION,
    },
    ['medium missing-in-environment .env.staging:4'],
  ],
  [
    'staging, where things are tried first',
    {
      '.env.staging': [`${STAGING}TRY_A=1\nTRY_B=1\n`, `${STAGING}TRY_A=1\nTRY_B=1\nTRY_C=1\n`],
      '.env.production': PRODUCTION,
    },
    [],
  ],
  [
    'a variable named after the environment that has it too',
    {
      'ops/prod/api.tf': 'module "api" {\n  env = {\n    A = "1"\n    PROD_URL = "https://a.io"\n  }\n}\n',
      'ops/staging/api.tf': [
        'module "api" {\n  env = {\n    A = "1"\n  }\n}\n',
        'module "api" {\n  env = {\n    A = "1"\n    PROD_URL = "https://a.io"\n  }\n}\n',
      ],
    },
    [],
  ],
  [
    'an argument of a module, tried in staging',
    {
      'ops/prod/api.tf': 'module "api" {\n  source = "a"\n}\n',
      'ops/staging/api.tf': [
        'module "api" {\n  source = "a"\n}\n',
        'module "api" {\n  source = "a"\n  space = "b"\n}\n',
      ],
    },
    [],
  ],
  [
    'staging on its way to something else',
    {
      '.env.staging': [`${STAGING}KEY_ID=1\nKEY_SECRET=\n`, `${STAGING}USE_ROLE=web\n`],
      '.env.production': `${PRODUCTION}KEY_ID=1\nKEY_SECRET=\n`,
    },
    [],
  ],
  [
    'the template asks for it',
    {
      'helm/values-prod.yaml': 'a: 1\n',
      'helm/values-staging.yaml': ['a: 1\n', 'a: 1\nphase: x\n'],
      'helm/templates/a.tpl': ['', '{{- if .Values.phase }}\nb: {{ .Values.phase }}\n{{- end }}\n'],
    },
    [],
  ],
  [
    'Rails reads its application first',
    {
      'config/application.rb': 'class A\n  config.a = 1\n  config.x.pay.enabled = true\nend\n',
      'config/environments/production.rb': 'config.b = 1\n',
      'config/environments/staging.rb': ['config.b = 1\n', 'config.b = 1\nconfig.x.pay.enabled = false\n'],
    },
    [],
  ],
  [
    'a group by its identifier',
    {
      '.nais/prod.yaml': 'groups:\n  - id: 11111111-2222-3333-4444-555555555555\n    a: 1\nb: 1\nc: 1\n',
      '.nais/staging.yaml': [
        'groups:\n  - id: 66666666-2222-3333-4444-555555555555\n    a: 1\nb: 1\nc: 1\n',
        'groups:\n  - id: 66666666-2222-3333-4444-555555555555\n    a: 1\n  - id: 77777777-2222-3333-4444-555555555555\n    a: 1\nb: 1\nc: 1\n',
      ],
    },
    [],
  ],
  [
    'renamed in one',
    { '.env.staging': [STAGING, STAGING.replace('DB_POOL', 'DB_POOL_SIZE')], '.env.production': PRODUCTION },
    ['high renamed-in-one .env.staging:2'],
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
    ['high missing-in-environment config/database.yml:7'],
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
  expect(raised(files, undefined, ['canary', 'prod'])).toEqual(['high missing-in-environment values-canary.yaml:3'])
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
