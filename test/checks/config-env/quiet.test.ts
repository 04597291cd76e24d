// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code and configuration of others
import { expect, test } from 'vitest'
import { type Files, raised } from '../../support/config-change.ts'

const CHART: Files = {
  'helm/web/Chart.yaml': 'name: web\n',
  'helm/web/values.yaml': 'replicas: 1\n',
  'helm/web/templates/map.yaml': ['a: 1\n', 'a: 1\nb: {{ .Values.pubsubProject }}\n'],
}
const UNDEFINED = ['medium chart-value-undefined helm/web/templates/map.yaml:2']
const job = (name: string, privileged: boolean): string =>
  `apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: ${name}\nspec:\n  containers:\n    - name: ${name}\n      securityContext:\n        privileged: ${privileged}\n`
const KMS = 'AQECAHh7ea2tyZ6phZgT4B9BDKwguhlFtRC6hgt7HbmeQAAAGMwYQYJKoZIhvcNAQcG'
const NOTE = 'Fill in the secret manager'
const compose = (lines: string): string =>
  `services:\n  web:\n    environment:\n      A: \${A_URL}\n      B: \${B_URL}\n      C: \${C_URL}\n${lines}`
const PLAIN = 'a(process.env.A_URL, process.env.B_URL, process.env.C_URL)\n'
const READ = `${PLAIN}pay(process.env.PAY_URL!)\n`

/** Each silence beside the case that it must not swallow. */
const CASES: readonly (readonly [name: string, files: Files, raised: readonly string[]])[] = [
  ['a value that no file of the chart has', CHART, UNDEFINED],
  [
    'a value that each file of the chart has, whatever its environment is called',
    {
      ...CHART,
      'helm/web/environments/values-neon.yaml': 'pubsubProject: a\n',
      'helm/web/environments/values-radon.yaml': ['a: 1\n', 'pubsubProject: b\n'],
    },
    [],
  ],
  [
    'a value that the pipeline sets',
    { ...CHART, '.circleci/config.yml': 'steps:\n  - run: helm upgrade web helm/web --set pubsubProject=$PROJECT\n' },
    [],
  ],
  [
    'a value that one file of the chart lacks',
    { ...CHART, 'helm/web/values-neon.yaml': 'pubsubProject: a\n', 'helm/web/values-radon.yaml': 'a: 1\n' },
    UNDEFINED,
  ],
  [
    'a value in a part that another value switches on',
    {
      ...CHART,
      'helm/web/templates/map.yaml': [
        'a: 1\n',
        '{{- if .Values.refresh }}\nb: {{ .Values.pubsubProject }}\n{{- end }}\n',
      ],
    },
    [],
  ],
  [
    'a value after such a part',
    {
      ...CHART,
      'helm/web/templates/map.yaml': [
        'a: 1\n',
        '{{- if .Values.refresh }}\nc: 1\n{{- end }}\nb: {{ .Values.pubsubProject }}\n',
      ],
    },
    ['medium chart-value-undefined helm/web/templates/map.yaml:4'],
  ],
  ['a chart that is new', { ...CHART, 'helm/web/values.yaml': [null, 'replicas: 1\n'] }, []],
  ['a container that got another name', { 'k8s/prod/job.yaml': [job('build-a', true), job('build-b', true)] }, []],
  [
    'a container that is newly privileged',
    { 'k8s/prod/job.yaml': [job('build-a', false), job('build-a', true)] },
    ['high risky-public k8s/prod/job.yaml:9'],
  ],
  ['ciphertext of a key service', { 'config/production.yaml': ['a: 1\n', `a: 1\nclient_secret: ${KMS}\n`] }, []],
  [
    'one note for all environments that says where the value comes from',
    {
      'src/appsettings.Production.json': ['{ "A": 1 }\n', `{ "A": 1, "HookUrl": "${NOTE}" }\n`],
      'src/appsettings.Staging.json': ['{ "A": 1 }\n', `{ "A": 1, "HookUrl": "${NOTE}" }\n`],
    },
    [],
  ],
  [
    'a note in the place of a value',
    {
      'src/appsettings.Production.json': ['{ "HookUrl": "https://a.io" }\n', `{ "HookUrl": "${NOTE}" }\n`],
      'src/appsettings.Staging.json': '{ "HookUrl": "https://b.io" }\n',
    },
    ['medium placeholder-value src/appsettings.Production.json:1'],
  ],
  [
    'Compose takes one more that may be empty, and the example shows the others',
    {
      'docker-compose.yml': [compose(''), compose('      D: ${D_URL}\n')],
      '.env.example': 'A_URL=\nB_URL=\nC_URL=\n',
    },
    [],
  ],
  [
    'Compose takes one more, and the example shows few of the others',
    { 'docker-compose.yml': [compose(''), compose('      D: ${D_URL}\n')], '.env.example': 'A_URL=\nX=\n' },
    [],
  ],
  [
    'Compose takes one more that may be empty, and the example shows most of the others',
    { 'docker-compose.yml': [compose(''), compose('      D: ${D_URL}\n')], '.env.example': 'A_URL=\nB_URL=\n' },
    [],
  ],
  [
    'Compose stops without it, and the example shows most of the others',
    {
      'docker-compose.yml': [compose(''), compose('      D: ${D_URL:?}\n')],
      '.env.example': 'A_URL=\nB_URL=\n',
    },
    ['medium compose-variable-undefined docker-compose.yml:7'],
  ],
  [
    'Compose has no port without it, and the example shows most of the others',
    {
      'docker-compose.yml': [compose(''), compose('    ports:\n      - "80:${D_PORT}"\n')],
      '.env.example': 'A_URL=\nB_URL=\n',
    },
    ['medium compose-variable-undefined docker-compose.yml:8'],
  ],
  [
    'Compose takes a switch, which is off when empty',
    {
      'docker-compose.yml': [compose(''), compose('      D: ${SKIP_PAY}\n')],
      '.env.example': 'A_URL=\nB_URL=\nC_URL=\n',
    },
    [],
  ],
  [
    'code reads one more, and the example shows the others',
    { 'src/web.ts': [PLAIN, READ], '.env.example': 'A_URL=\nB_URL=\nC_URL=\n' },
    ['medium read-but-undefined src/web.ts:2'],
  ],
  [
    'code reads one more, and the others are kept elsewhere',
    { 'src/web.ts': [PLAIN, READ], '.env.example': 'A_URL=\nX=\n' },
    [],
  ],
  [
    'a bean of one profile',
    {
      'src/main/resources/application.yml': 'a: 1\n',
      'src/main/java/S3.java': ['', '@Profile("s3")\nclass S3 {\n  S3(@Value("${blob.region}") String r) {}\n}\n'],
    },
    [],
  ],
  [
    'a key that a file within a template gives',
    {
      'helm/web/templates/map.yaml': 'data:\n  application.properties: |\n    blob.region={{ .Values.region }}\n',
      'src/main/resources/application.yml': 'a: 1\n',
      'src/main/java/S3.java': ['', 'class S3 {\n  S3(@Value("${blob.region}") String r) {}\n}\n'],
    },
    [],
  ],
  [
    'a key of .NET that a platform gives',
    {
      'radixconfig.yaml': 'variables:\n  Application__ConfigUrl: https://a.io\n',
      'src/appsettings.json': '{ "A": 1 }\n',
      'src/Setup.cs': ['', 'var url = builder.Configuration["Application:ConfigUrl"]!;\n'],
    },
    [],
  ],
  [
    'a name that only begins as a credential does',
    { 'app/a.rb': ['', 'validate :rubygems_owned_by_transferrer\n'] },
    [],
  ],
  [
    'a text where the code takes numbers only',
    {
      '.env.example': ['A=1\n', 'A=1\nMAX_UPLOAD = (1024**2 * 100)\n'],
      'app/settings.py': ['', 'M = env.int("MAX_UPLOAD", 5)\n'],
    },
    ['medium type-differs .env.example:2'],
  ],
  [
    'a number where the code takes numbers only',
    {
      '.env.example': ['A=1\n', 'A=1\nMAX_UPLOAD=104857600\n'],
      'app/settings.py': ['', 'M = env.int("MAX_UPLOAD", 5)\n'],
    },
    [],
  ],
  [
    'a secret that two environments come to share, where both had a reference before',
    {
      '.env.production': ['DB_PASSWORD=${DB_PASSWORD}\n', 'DB_PASSWORD=kT9x2LmQ8vRz4WpY7sB1nC3d\n'],
      '.env.staging': ['DB_PASSWORD=${DB_PASSWORD}\n', 'DB_PASSWORD=kT9x2LmQ8vRz4WpY7sB1nC3d\n'],
    },
    [
      'high secret-committed .env.production:1',
      'high secret-shared .env.production:1',
      'medium secret-committed .env.staging:1',
    ],
  ],
  [
    'a secret of what developers start',
    {
      'docker-compose.yml': [
        'a: 1\n',
        'services:\n  db:\n    environment:\n      DB_PASSWORD: kT9x2LmQ8vRz4WpY7sB1nC3d\n',
      ],
      'tools/emulator/.env': ['A=1\n', 'A=1\nDB_PASSWORD=kT9x2LmQ8vRz4WpY7sB1nC3d\n'],
    },
    [],
  ],
  [
    'a secret of no environment, which may be what developers start with',
    { 'api/.env': ['A=1\n', 'A=1\nDB_PASSWORD=kT9x2LmQ8vRz4WpY7sB1nC3d\n'] },
    [],
  ],
]

test.each(CASES)('%s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})
