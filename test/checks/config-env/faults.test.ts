// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are configuration of others
import { expect, test } from 'vitest'
import { type Files, notesOn, raised } from '../../support/config-change.ts'

type Case = readonly [name: string, files: Files, raised: readonly string[]]

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
    'a service that integrates',
    {
      '.env.production': [
        'API_URL=https://api.acme.io\n',
        'API_URL=https://person-integration-api.acme.io\nFORM_URL=https://www.apply-for-teacher-training.acme.io\n',
      ],
    },
    [],
  ],
  [
    'what is enabled, emptied',
    { '.env.production': ['PAY_ENABLED_IN=a,b\n', 'PAY_ENABLED_IN=\n'], '.env.staging': 'PAY_ENABLED_IN=a\n' },
    [],
  ],
  [
    'a quoted text that ends further left, as loaders take it',
    { 'application.yml': ['a: 1\n', 'a: \'{\n "b": 1\n}\'\n'] },
    [],
  ],
  [
    'http inside the cluster',
    {
      '.env.production': ['API_URL=https://api.acme.io\n', 'API_URL=http://api.web.svc.cluster.local\n'],
      '.env.staging': 'API_URL=https://api.staging.acme.io\n',
    },
    [],
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
    'Compose takes what its example does not show',
    {
      '.env.example': 'A=\n',
      'docker-compose.yml': ['services: {}\n', 'services:\n  web:\n    command: x ${TAG_OF_WEB:?}\n'],
    },
    ['medium compose-variable-undefined docker-compose.yml:3'],
  ],
  [
    'Compose takes what its example shows',
    {
      '.env.example': ['A=\n', 'A=\nTAG_OF_WEB=\n'],
      'docker-compose.yml': ['services: {}\n', 'services:\n  web:\n    command: x ${TAG_OF_WEB}\n'],
    },
    [],
  ],
  [
    'which image Compose runs is said by whoever starts it',
    {
      '.env.example': 'A=\n',
      'docker-compose.yml': ['services: {}\n', 'services:\n  web:\n    image: x:${TAG_OF_WEB}\n'],
    },
    [],
  ],
  [
    'the tag of an image, by chance of digits alone',
    { 'staging.env': ['ADMIN_TAG=111\n', 'ADMIN_TAG=e6ac43b\n'], 'production.env': 'ADMIN_TAG=1234567\n' },
    [],
  ],
  ['the name of a database is no host', { '.env.production': ['POSTGRES_DB=a\n', 'POSTGRES_DB=test\n'] }, []],
  [
    'Compose has a default',
    {
      '.env.example': 'A=\n',
      'docker-compose.yml': ['services: {}\n', 'services:\n  web:\n    image: x:${TAG_OF_WEB:-latest}\n'],
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

test.each<[name: string, files: Files, notes: readonly string[]]>([
  [
    'a new file that does not parse',
    { 'appsettings.Production.json': [null, '{\n  "a" 1\n}\n'] },
    [
      'appsettings.Production.json: Configuration was not compared: it is not valid JSON (ColonExpected) from line 2 on',
    ],
  ],
  [
    'a file that never parsed',
    { 'appsettings.Production.json': ['{\n  "a" 1\n}\n', '{\n  "b" 1\n}\n'] },
    [
      'appsettings.Production.json: Configuration was not compared: it is not valid JSON (ColonExpected) from line 2 on',
    ],
  ],
  ['a file that no longer parses is an exposure', { 'appsettings.Production.json': ['{}\n', '{\n  "b" 1\n}\n'] }, []],
])('note: %s', (_name, files, expected) => {
  expect(notesOn(files)).toEqual(expected)
})
