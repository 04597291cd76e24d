import { expect, test } from 'vitest'
import { type Files, raised } from '../../support/config-change.ts'

const STAGING = 'PAY_URL=https://pay.staging.acme.io\nDB_POOL=50\n'
const PRODUCTION = 'PAY_URL=https://pay.acme.io\nDB_POOL=50\n'

/** Keys that come to one environment first, or belong to it by nature: an oversight only where the environments agreed before. */
const STAGED: readonly (readonly [name: string, files: Files, raised: readonly string[]])[] = [
  [
    'a field of an object of Kubernetes',
    {
      'k8s/prod/web.yaml': 'apiVersion: nais.io/v1\nkind: Application\nmetadata: { name: web }\nspec:\n  port: 80\n',
      'k8s/staging/web.yaml': [
        'apiVersion: nais.io/v1\nkind: Application\nmetadata: { name: web }\nspec:\n  port: 80\n',
        'apiVersion: nais.io/v1\nkind: Application\nmetadata: { name: web }\nspec:\n  port: 80\n  leaderElection: x\n',
      ],
    },
    [],
  ],
  [
    'a variable that the runtime knows',
    { '.env.staging': [STAGING, `${STAGING}NODE_OPTIONS=x\n`], '.env.production': PRODUCTION },
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
    'Rails reads its application first',
    {
      'config/application.rb': 'class A\n  config.a = 1\n  config.x.pay.enabled = true\nend\n',
      'config/environments/production.rb': 'config.b = 1\n',
      'config/environments/staging.rb': ['config.b = 1\n', 'config.b = 1\nconfig.x.pay.enabled = false\n'],
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
    'staging on its way to something else',
    {
      '.env.staging': [`${STAGING}KEY_ID=1\nKEY_SECRET=\n`, `${STAGING}USE_ROLE=web\n`],
      '.env.production': `${PRODUCTION}KEY_ID=1\nKEY_SECRET=\n`,
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
    'staging, where things are tried first',
    {
      '.env.staging': [`${STAGING}TRY_A=1\nTRY_B=1\n`, `${STAGING}TRY_A=1\nTRY_B=1\nTRY_C=1\n`],
      '.env.production': PRODUCTION,
    },
    [],
  ],
  [
    'staging, which had one key of its own',
    {
      '.env.staging': [`${STAGING}PREVIEW=1\n`, `${STAGING}PREVIEW=1\nEXTRA=1\n`],
      '.env.production': PRODUCTION,
    },
    [],
  ],
  [
    'a whole section of a deployment, which may come to one environment at a time',
    {
      'values-prod.yaml': 'a: 1\nb: 2\n',
      'values-staging.yaml': ['a: 3\nb: 4\n', 'a: 3\nb: 4\npay:\n  url: x\n  key: y\n'],
    },
    [],
  ],
]

test.each(STAGED)('%s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})
