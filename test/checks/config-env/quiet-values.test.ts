// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code and configuration of others
import { expect, test } from 'vitest'
import { type Files, raised } from '../../support/config-change.ts'

const BROWSERS = ['AIza', 'Sy' + 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3'].join('')

/** Each silence beside the case that it must not swallow. */
const CASES: readonly (readonly [name: string, files: Files, raised: readonly string[]])[] = [
  [
    'a key of Google that browsers are sent',
    { 'src/config/environments/prod.json': ['{ "a": 1 }\n', `{ "a": 1, "googleApiKey": "${BROWSERS}" }\n`] },
    [],
  ],
  [
    'a sign-in for rehearsals that is switched off',
    { 'helm/values-prod.yaml': ['sso:\n  mock_auth_enabled: true\n', 'sso:\n  mock_auth_enabled: false\n'] },
    [],
  ],
  [
    'a sign-in for rehearsals that is switched on',
    { 'helm/values-prod.yaml': ['sso:\n  mock_auth_enabled: false\n', 'sso:\n  mock_auth_enabled: true\n'] },
    ['high risky-auth-bypass helm/values-prod.yaml:2'],
  ],
  [
    'visitors of staging are sent to the page of production',
    { 'helm/values-staging.yaml': ['a: 1\n', 'a: 1\nnginx/temporal-redirect: https://pause-production.pay.io\n'] },
    [],
  ],
  [
    'staging talks to production, as it did before',
    {
      '.env.staging': [
        'DEPLOY_URL=https://deploy.production.pay.io\n',
        'DEPLOY_URL=https://deploy.production.pay.io\nSMOKE_URL=https://deploy.production.pay.io\n',
      ],
    },
    [],
  ],
  [
    'staging talks to production, as it never did',
    {
      '.env.staging': [
        'DEPLOY_URL=https://deploy.staging.pay.io\n',
        'DEPLOY_URL=https://deploy.staging.pay.io\nSMOKE_URL=https://deploy.production.pay.io\n',
      ],
    },
    ['medium points-at-wrong-environment .env.staging:2'],
  ],
  [
    'what ran in one place is taken down, and another place still asks for its variable',
    {
      'nais/dev/dev.yaml': ['kind: Application\nspec:\n  env:\n    - name: PAY_URL\n      value: https://a.io\n', null],
      'src/main/resources/application-prod.yml': 'pay: ${PAY_URL}\n',
      'src/main/resources/application.yml': ['a: 1\n', 'a: 2\n'],
    },
    [],
  ],
  [
    'where it listens',
    { 'web.js': ['', "const at = process.env.LISTEN_HOST || '0.0.0.0'\n"], '.env.example': 'A=1\n' },
    [],
  ],
  [
    'a question that goes over lines',
    {
      'web.js': ['', 'const at = !mocks && process.env.FILE_URL ?\n  process.env.FILE_URL :\n  here()\n'],
      '.env.example': 'A=1\n',
    },
    [],
  ],
  [
    'settings within settings, whose names are not known in full',
    {
      'config.go': [
        '',
        'type C struct {\n\tAzure Oidc `envconfig:"AZURE" required:"true"`\n}\n\ntype Oidc struct {\n\tIssuer string `envconfig:"ISSUER_URL" required:"true"`\n}\n',
      ],
      '.env.example': 'A=1\n',
    },
    [],
  ],
  [
    'one of several blocks of one kind',
    {
      'infra/main.tf': [
        'resource "b" "c" {\n  lifecycle_rule {\n    days = 30\n  }\n  lifecycle_rule {\n    days = 700\n  }\n}\n',
        'resource "b" "c" {\n  lifecycle_rule {\n    days = 30\n  }\n  lifecycle_rule {\n    days = 3\n  }\n}\n',
      ],
    },
    [],
  ],
  [
    'a password that the secret store fills in',
    { '.env.production': ['A=1\n', "A=1\nQUEUE=amqps://pay:%{hiera('pay::password')}@queue.pay.io/x\n"] },
    [],
  ],
  [
    'fewer for all, while each that is deployed has its own number',
    {
      'helm/values.yaml': ['replicas: 20\n', 'replicas: 2\n'],
      'helm/values-prod.yaml': ['a: 1\n', 'a: 1\nreplicas: 20\n'],
      'helm/values-staging.yaml': ['a: 1\n', 'a: 1\nreplicas: 20\n'],
    },
    [],
  ],
  [
    'fewer for all, while one of those that are deployed has no number',
    {
      'helm/values.yaml': ['replicas: 20\n', 'replicas: 2\n'],
      'helm/values-prod.yaml': 'a: 1\n',
      'helm/values-staging.yaml': ['a: 1\n', 'a: 1\nreplicas: 20\n'],
    },
    ['medium risky-replicas helm/values.yaml:1'],
  ],
  [
    'variables of a database that the platform makes',
    {
      'src/main/resources/application.yml': ['a: 1\n', 'a: ${DB_HOST}\n'],
      '.nais/prod.yaml': 'kind: Application\nspec:\n  envVarPrefix: DB\n',
    },
    [],
  ],
  [
    'what only developers read',
    {
      'web.js': ['', "if (process.env.NODE_ENV !== 'production') {\n  return process.env.APP_HOST\n}\n"],
      '.env.example': 'A=1\n',
    },
    [],
  ],
  [
    'messages that are kept without end',
    { 'kafka/topic-prod.yaml': ['config:\n  retentionHours: 720\n', 'config:\n  retentionHours: -1\n'] },
    [],
  ],
  [
    'a value of a section that whoever installs the chart gives',
    {
      'helm/Chart.yaml': 'name: web\n',
      'helm/values.yaml': 'replicas: 2\n',
      'helm/templates/secret.yaml': [
        'a: {{ .Values.env.a }}\nb: {{ .Values.env.b }}\n',
        'a: {{ .Values.env.a }}\nb: {{ .Values.env.b }}\nc: {{ .Values.env.c }}\n',
      ],
    },
    [],
  ],
  [
    'a value of a section that the chart gives',
    {
      'helm/Chart.yaml': 'name: web\n',
      'helm/values.yaml': 'env:\n  a: 1\n  b: 2\n',
      'helm/templates/secret.yaml': [
        'a: {{ .Values.env.a }}\nb: {{ .Values.env.b }}\n',
        'a: {{ .Values.env.a }}\nb: {{ .Values.env.b }}\nc: {{ .Values.env.c }}\n',
      ],
    },
    ['medium chart-value-undefined helm/templates/secret.yaml:3'],
  ],
  [
    'Compose takes what each shell has',
    {
      'docker-compose.yml': ['services:\n  a: {}\n', 'services:\n  a:\n    volumes:\n      - $HOME/.npm:/npm\n'],
      '.env.example': 'A=1\n',
    },
    [],
  ],
  [
    'Compose of developers takes one more',
    {
      'docker-compose.local.yml': ['services:\n  a: {}\n', 'services:\n  a:\n    command: run ${NEW_NAME}\n'],
      '.env.example': 'A=1\n',
    },
    [],
  ],
  [
    'none are left, and a comment on the line says for how long',
    { 'k8s/prod/web.yaml': ['spec:\n  replicas: 4\n', 'spec:\n  replicas: 0 # back to 4 after the upgrade\n'] },
    [],
  ],
  [
    'a step of the pipeline of one environment',
    {
      '.github/workflows/production.yml': [
        'jobs:\n  b:\n    steps:\n      - name: A\n        run: a\n',
        'jobs:\n  b:\n    steps:\n      - name: A\n        run: a\n      - name: B\n        run: b\n',
      ],
      '.github/workflows/preproduction.yml': [
        'jobs:\n  b:\n    steps:\n      - name: A\n        run: a\n',
        'jobs:\n  b:\n    steps:\n      - name: A\n        run: a\n      - name: Env\n        id: env\n        run: b\n      - name: B\n        run: b\n',
      ],
    },
    [],
  ],
  [
    'a number for another window',
    {
      'config/production.json': [
        '{ "rateLimit": { "windowMs": "900000", "max": "100" } }\n',
        '{ "rateLimit": { "windowMs": "60000", "max": "20" } }\n',
      ],
    },
    [],
  ],
  [
    'a variable that a manifest in a hidden folder sets',
    {
      'src/A.java': ['', '@Value("${PAY_URL}") String a;\n'],
      '.nais/nais.yml': 'kind: Application\nspec:\n  env:\n    - name: PAY_URL\n      value: https://pay.io\n',
      '.env.example': 'A=1\n',
    },
    [],
  ],
  [
    'the same name in other letters, where the reader asks in capitals',
    {
      'config.go': [
        'type C struct { A string `envconfig:"Audience"` }\n',
        'type C struct { A string `envconfig:"AUDIENCE" required:"true"` }\n',
      ],
      '.env.example': 'A=1\n',
    },
    [],
  ],
]

test.each(CASES)('%s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})
