import { describe, expect, test } from 'vitest'
import { exposuresOf, type Files, raised } from '../../support/config-change.ts'

type Case = readonly [name: string, files: Files, raised: readonly string[]]

/** One key of a production file, before and after. */
function production(before: string, after: string): Files {
  return { 'deploy/values-production.yaml': [`${before}\n`, `${after}\n`] }
}
const AT = 'deploy/values-production.yaml:1'

const RISKS: readonly Case[] = [
  ['a pool of 50 that became 5', production('dbPoolSize: 50', 'dbPoolSize: 5'), [`medium risky-pool ${AT}`]],
  ['a pool that grew a little', production('dbPoolSize: 50', 'dbPoolSize: 60'), []],
  ['no timeout', production('timeoutMs: 5000', 'timeoutMs: 0'), [`high risky-timeout ${AT}`]],
  ['the same timeout in another unit', production('timeout: 30s', 'timeout: 30000ms'), []],
  ['a timeout cut to a tenth', production('timeout: 30s', 'timeout: 3s'), [`medium risky-timeout ${AT}`]],
  ['one replica', production('replicaCount: 3', 'replicaCount: 1'), [`medium risky-replicas ${AT}`]],
  ['more replicas', production('replicaCount: 3', 'replicaCount: 6'), []],
  ['debug on', production('debug: false', 'debug: true'), [`high risky-debug ${AT}`]],
  ['debug off', production('debug: true', 'debug: false'), []],
  ['debug log level', production('logLevel: info', 'logLevel: debug'), [`medium risky-log-level ${AT}`]],
  ['TLS check off', production('tlsVerify: true', 'tlsVerify: false'), [`high risky-tls-check ${AT}`]],
  ['sslmode falls', production('sslmode: verify-full', 'sslmode: prefer'), [`high risky-ssl-mode ${AT}`]],
  ['CORS for all', production('corsOrigins: [https://a.io]', 'corsOrigins: ["*"]'), [`high risky-cors ${AT}`]],
  ['auth off', production('authEnabled: true', 'authEnabled: false'), [`high risky-auth ${AT}`]],
  [
    'a memory limit halved',
    production('limits: { memory: 2Gi }', 'limits: { memory: 512Mi }'),
    [`medium risky-resources ${AT}`],
  ],
  ['the same memory in another unit', production('limits: { memory: 1Gi }', 'limits: { memory: 1024Mi }'), []],
  ['an image tag', production('image: { tag: 1.2.3 }', 'image: { tag: 1.2.4 }'), []],
  ['a name, a label, an annotation', production('name: a', 'name: b'), []],
  ['a feature switched on', production('newCheckout: false', 'newCheckout: true'), []],
  ['for developers it is no risk', { '.env.development': ['DEBUG=false\nPOOL=50\n', 'DEBUG=true\nPOOL=5\n'] }, []],
  [
    'in Compose without an environment it is a developer',
    {
      'docker-compose.yml': [
        'services: { web: { environment: { DEBUG: "0" } } }\n',
        'services: { web: { environment: { DEBUG: "1" } } }\n',
      ],
    },
    [],
  ],
  [
    'a default in settings that all environments share',
    {
      'app/settings/base.py': [
        'DB_POOL_SIZE = env.int("DB_POOL_SIZE", default=50)\n',
        'DB_POOL_SIZE = env.int("DB_POOL_SIZE", default=5)\n',
      ],
    },
    ['medium risky-pool app/settings/base.py:1'],
  ],
  [
    'seconds written as a product',
    { 'app/settings/base.py': ['SESSION_COOKIE_AGE = 3600\n', 'SESSION_COOKIE_AGE = 60 * 60\n'] },
    [],
  ],
  [
    'a comment says why',
    production('dbPoolSize: 50', '# Four pods of five stay below the limit of the new database\ndbPoolSize: 5'),
    [],
  ],
  [
    'a database open to the world',
    {
      'infra/main.tf': [
        'resource "aws_db_instance" "main" {\n  publicly_accessible = false\n}\n',
        'resource "aws_db_instance" "main" {\n  publicly_accessible = true\n}\n',
      ],
    },
    ['high risky-public infra/main.tf:2'],
  ],
  [
    'deletion protection off',
    {
      'infra/main.tf': [
        'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n',
        'resource "aws_db_instance" "main" {\n  deletion_protection = false\n}\n',
      ],
    },
    ['high risky-protection infra/main.tf:2'],
  ],
]

test.each(RISKS)('risky: %s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})

const PROBE =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: a\n'
const READY = '          readinessProbe:\n            httpGet: { path: /ready, port: 80 }\n'

const FAULTS: readonly Case[] = [
  ['a readiness probe removed', { 'k8s/web.yaml': [PROBE + READY, PROBE] }, ['medium risky-probe k8s/web.yaml:11']],
  ['a deployment removed with its probe', { 'k8s/web.yaml': [PROBE + READY, null] }, []],
  [
    'production points at localhost',
    { '.env.production': ['API_URL=https://api.acme.io\n', 'API_URL=http://localhost:3000\n'] },
    ['high points-at-wrong-environment .env.production:1'],
  ],
  [
    'production points at staging',
    { '.env.production': ['DB_HOST=db.acme.io\n', 'DB_HOST=db.staging.acme.io\n'] },
    ['high points-at-wrong-environment .env.production:1'],
  ],
  [
    'staging points at production',
    { '.env.staging': ['DB_HOST=db.staging.acme.io\n', 'DB_HOST=db.prod.acme.io\n'] },
    ['high points-at-wrong-environment .env.staging:1'],
  ],
  [
    'a sidecar on localhost',
    { '.env.production': ['A=1\n', 'A=1\nOTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318\n'] },
    [],
  ],
  ['it listens on all addresses', { '.env.production': ['A=1\n', 'A=1\nBIND_ADDRESS=0.0.0.0\n'] }, []],
  [
    'a developer uses localhost',
    { '.env.development': ['API_URL=https://api.acme.io\n', 'API_URL=http://localhost:3000\n'] },
    [],
  ],
  [
    'http in production',
    {
      '.env.production': ['API_URL=https://api.acme.io\n', 'API_URL=http://api.acme.io\n'],
      '.env.staging': 'API_URL=https://api.staging.acme.io\n',
    },
    ['high scheme-differs .env.production:1'],
  ],
  [
    'a unit lost',
    { '.env.production': ['CACHE_TTL=30\n', 'CACHE_TTL=30000\n'], '.env.staging': 'CACHE_TTL=30\n' },
    ['high unit-differs .env.production:1'],
  ],
  [
    'a number became a word',
    { '.env.production': ['WORKER_LIMIT=30\n', 'WORKER_LIMIT=plenty\n'], '.env.staging': 'WORKER_LIMIT=30\n' },
    ['medium type-differs .env.production:1'],
  ],
  [
    'other sizes are what environments are for',
    { '.env.production': ['WORKERS_MAX=30\n', 'WORKERS_MAX=40\n'], '.env.staging': 'WORKERS_MAX=2\n' },
    [],
  ],
  [
    'a placeholder',
    { '.env.production': ['API_KEY=\nB=1\n', 'API_KEY=changeme\nB=1\n'] },
    ['medium placeholder-value .env.production:1'],
  ],
  [
    'a value emptied',
    { '.env.production': ['MAIL_FROM=a@acme.io\n', 'MAIL_FROM=\n'], '.env.staging': 'MAIL_FROM=b@acme.io\n' },
    ['medium value-emptied .env.production:1'],
  ],
  [
    'JSON that no longer parses',
    { 'appsettings.Production.json': ['{ "A": 1 }\n', '{ "A": 1,\n'] },
    ['high does-not-parse appsettings.Production.json:2'],
  ],
  ['YAML that never parsed', { 'config/production.yaml': ['a: [\n', 'a: [ b\n'] }, []],
  [
    'a template is no broken YAML',
    {
      'chart/templates/a.yaml': ['a: 1\n', '{{- if .Values.x }}\na: {{ .Values.x }}\n  {{ end }} b: [\n'],
      'chart/values.yaml': 'x: 1\n',
    },
    [],
  ],
  [
    'a bare number in env',
    { 'k8s/web.yaml': [PROBE, `${PROBE}          env:\n            - name: PORT\n              value: 8080\n`] },
    ['medium variable-not-string k8s/web.yaml:11'],
  ],
  [
    'a quoted number in env',
    { 'k8s/web.yaml': [PROBE, `${PROBE}          env:\n            - name: PORT\n              value: "8080"\n`] },
    [],
  ],
  [
    'a chart prints a value it does not have',
    {
      'chart/templates/a.yaml': ['a: 1\n', 'a: 1\nb: {{ .Values.pay.url }}\n'],
      'chart/values.yaml': 'pay:\n  key: x\n',
    },
    ['medium chart-value-undefined chart/templates/a.yaml:2'],
  ],
  [
    'a chart has the value',
    {
      'chart/templates/a.yaml': ['a: 1\n', 'a: 1\nb: {{ .Values.pay.url }}\n'],
      'chart/values.yaml': 'pay:\n  url: x\n',
    },
    [],
  ],
  [
    'a chart asks first',
    {
      'chart/templates/a.yaml': [
        'a: 1\n',
        'a: 1\n{{- with .Values.pay.url }}\nb: {{ . }}\n{{- end }}\nc: {{ .Values.d | default 3 }}\n',
      ],
      'chart/values.yaml': 'pay:\n  key: x\n',
    },
    [],
  ],
  [
    'the policy is weakened',
    {
      '.github/airworthy.yml': [
        'version: 1\nmode: enforce\nchecks:\n  rollback: block\nconfidence:\n  pass: 80\n',
        'version: 1\nmode: advise\nchecks:\n  rollback: warn\nconfidence:\n  pass: 60\n',
      ],
    },
    [
      'medium policy-weakened .github/airworthy.yml:2',
      'medium policy-weakened .github/airworthy.yml:4',
      'medium policy-weakened .github/airworthy.yml:6',
    ],
  ],
  [
    'the policy is made stronger',
    {
      '.github/airworthy.yml': [
        'mode: advise\nchecks:\n  rollback: warn\n',
        'mode: enforce\nchecks:\n  rollback: block\n',
      ],
    },
    [],
  ],
  [
    'CI stops to run Airworthy',
    {
      '.github/workflows/ci.yml': [
        'jobs:\n  a:\n    steps:\n      - uses: acme/airworthy@v1\n',
        'jobs:\n  a:\n    steps: []\n',
      ],
    },
    ['medium gate-weakened .github/workflows/ci.yml:4'],
  ],
]

test.each(FAULTS)('fault: %s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})

// Put together here, so that no scanner takes this file for a leak.
const GENERATED = ['aB3dE5fG7h', 'J9kL1mN3pQ', '5rS7tU9vW1'].join('')
const TOKEN = ['ghp', '16C7e42F292c6912E7710c838347Ae178B4a'].join('_')

describe('secrets', () => {
  const cases: readonly Case[] = [
    [
      'committed for production',
      { '.env.production': ['A=1\n', `A=1\nJWT_SECRET=${GENERATED}\n`] },
      ['high secret-committed .env.production:2'],
    ],
    ['taken from elsewhere', { '.env.production': ['A=1\n', 'A=1\nJWT_SECRET=${JWT_SECRET}\n'] }, []],
    [
      'a word for developers',
      {
        'docker-compose.yml': [
          'services: {}\n',
          'services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: postgres\n',
        ],
      },
      [],
    ],
    [
      'ciphertext',
      {
        'k8s/s.yaml': [
          null,
          'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: a }\nspec:\n  encryptedData:\n    KEY: AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq\n',
        ],
      },
      [],
    ],
    ['the lifetime of a token is none', { '.env.production': ['A=1\n', 'A=1\nTOKEN_TTL=900\nMAX_TOKENS=4096\n'] }, []],
    ['a credential in code', { 'src/a.ts': ['', `const key = '${TOKEN}'\n`] }, ['high secret-committed src/a.ts:1']],
    ['a credential in a test', { 'test/a.test.ts': ['', `const key = '${TOKEN}'\n`] }, []],
    [
      'the same in two environments',
      {
        '.env.production': ['A=1\nB=2\n', `A=1\nB=2\nJWT_SECRET=${GENERATED}\n`],
        '.env.staging': `A=1\nB=2\nJWT_SECRET=${GENERATED}\n`,
      },
      ['high secret-committed .env.production:3', 'high secret-shared .env.production:3'],
    ],
  ]
  test.each(cases)('%s', (_name, files, expected) => {
    expect(raised(files)).toEqual(expected)
  })
})

test('every exposure keeps its lines from the reports', () => {
  expect(exposuresOf(production('dbPoolSize: 50', 'dbPoolSize: 5')).map((exposure) => exposure.concealed)).toEqual([
    true,
  ])
})
