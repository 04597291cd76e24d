// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code and configuration of others
import { expect, test } from 'vitest'
import { assessConfig, exposuresOf, type Files, raised } from '../../support/config-change.ts'

const EXAMPLE = { '.env.example': 'DATABASE_URL=\nPORT=3000\n' }

type Case = readonly [name: string, files: Files, raised: readonly string[]]

const READS: readonly Case[] = [
  [
    'required and nowhere',
    { ...EXAMPLE, 'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'] },
    ['medium read-but-undefined src/pay.ts:1'],
  ],
  [
    'Python, required',
    { ...EXAMPLE, 'app/pay.py': ['', 'import os\nurl = os.environ["PAY_URL"]\n'] },
    ['medium read-but-undefined app/pay.py:2'],
  ],
  [
    'Ruby, required',
    { ...EXAMPLE, 'app/pay.rb': ['', "URL = ENV.fetch('PAY_URL')\n"] },
    ['medium read-but-undefined app/pay.rb:1'],
  ],
  [
    'Rust, required',
    { ...EXAMPLE, 'src/pay.rs': ['', 'let u = env::var("PAY_URL").unwrap();\n'] },
    ['medium read-but-undefined src/pay.rs:1'],
  ],
  [
    'a schema makes it required',
    {
      ...EXAMPLE,
      'src/env.ts': [
        '',
        'export const env = z.object({\n  PAY_URL: z.string().url(),\n}).parse({ PAY_URL: process.env.PAY_URL })\n',
      ],
    },
    ['medium read-but-undefined src/env.ts:3'],
  ],
  [
    'a schema makes it optional',
    {
      ...EXAMPLE,
      'src/env.ts': [
        '',
        'export const env = z.object({\n  PAY_URL: z.string().optional(),\n}).parse({ PAY_URL: process.env.PAY_URL })\n',
      ],
    },
    [],
  ],
  [
    'shown in the example',
    {
      '.env.example': ['DATABASE_URL=\n', 'DATABASE_URL=\n# PAY_URL=https://…\n'],
      'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'],
    },
    [],
  ],
  [
    'passed by Compose',
    {
      ...EXAMPLE,
      'docker-compose.yml': 'services:\n  web:\n    environment:\n      - PAY_URL=x\n',
      'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'],
    },
    [],
  ],
  [
    'from a secret in Kubernetes',
    {
      ...EXAMPLE,
      'k8s/web.yaml': 'env:\n  - name: PAY_URL\n    valueFrom: { secretKeyRef: { name: a, key: b } }\n',
      'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'],
    },
    [],
  ],
  [
    'documented',
    {
      ...EXAMPLE,
      'docs/configuration.md': '| `PAY_URL` | where we pay |\n',
      'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'],
    },
    [],
  ],
  ['has a default', { ...EXAMPLE, 'src/pay.ts': ['', "const url = process.env.PAY_URL ?? 'https://pay'\n"] }, []],
  [
    'Python default',
    { ...EXAMPLE, 'app/s.py': ['', 'A = env.int("PAY_RETRY", default=3)\nB = os.getenv("PAY_B", "x")\n'] },
    [],
  ],
  [
    'falls back to its own machine',
    { ...EXAMPLE, 'src/pay.ts': ['', "const url = process.env.PAY_URL ?? 'http://localhost:8000'\n"] },
    ['medium read-but-undefined src/pay.ts:1'],
  ],
  [
    'falls back in a settings module',
    {
      ...EXAMPLE,
      'app/settings/base.py': ['A = 1\n', 'A = 1\nPAY_URL = env.str("PAY_URL", default="http://localhost:8000")\n'],
    },
    ['medium read-but-undefined app/settings/base.py:2'],
  ],
  [
    'falls back to its own machine, and is shown',
    {
      '.env.example': 'PAY_URL=\n',
      'src/pay.ts': ['', "const url = process.env.PAY_URL ?? 'http://localhost:8000'\n"],
    },
    [],
  ],
  [
    'an address, without asking',
    { ...EXAMPLE, 'src/pay.ts': ['', 'export const HOST = import.meta.env.VITE_API_HOSTNAME\n'] },
    ['medium read-but-undefined src/pay.ts:1'],
  ],
  [
    'the key of an extra, without asking',
    {
      ...EXAMPLE,
      'src/pay.ts': [
        '',
        'export const DSN = import.meta.env.VITE_SENTRY_URL\nexport const ID = process.env.CHAT_APP_ID\n',
      ],
    },
    [],
  ],
  [
    'an example of another service',
    { 'apps/api/.env.example': 'A=\n', 'apps/web/src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'] },
    [],
  ],
  [
    'asked for',
    { ...EXAMPLE, 'src/pay.ts': ['', "if (process.env.PAY_URL) pay()\nconst on = process.env.PAY_ON === 'true'\n"] },
    [],
  ],
  [
    'read before in another changed file',
    {
      ...EXAMPLE,
      'src/old.ts': ['const url = process.env.PAY_URL!\n', ''],
      'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'],
    },
    [],
  ],
  [
    'read elsewhere already',
    {
      ...EXAMPLE,
      'src/config/env.ts': 'export const a = process.env.PAY_URL!\n',
      'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'],
    },
    [],
  ],
  [
    'given by the platform',
    { ...EXAMPLE, 'src/pay.ts': ['', 'const r = process.env.AWS_REGION!\nconst h = process.env.VERCEL_URL!\n'] },
    [],
  ],
  [
    'only in a comment or a string',
    {
      ...EXAMPLE,
      'src/pay.ts': ['', "// process.env.PAY_URL!\nconst s = 'set process.env.PAY_URL!'\n/* process.env.PAY_KEY! */\n"],
    },
    [],
  ],
  ['in a test', { ...EXAMPLE, 'test/pay.test.ts': ['', 'const url = process.env.PAY_URL!\n'] }, []],
  ['in a script', { ...EXAMPLE, 'scripts/seed.ts': ['', 'const url = process.env.PAY_URL!\n'] }, []],
  ['written, not read', { ...EXAMPLE, 'src/pay.ts': ['', "process.env.PAY_URL = 'x'\n"] }, []],
  ['where nothing shows variables', { 'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'] }, []],
  [
    'its last definition removed',
    {
      '.env.example': 'A=\n',
      'docker-compose.yml': ['services:\n  web:\n    environment:\n      - PAY_URL=x\n', 'services:\n  web: {}\n'],
      'src/config.ts': 'export const u = process.env.PAY_URL!\n',
    },
    ['medium removed-but-read docker-compose.yml:4'],
  ],
  [
    'one of two definitions removed',
    {
      'k8s/web.yaml': 'env:\n  - name: PAY_URL\n    value: x\n',
      'docker-compose.yml': ['services:\n  web:\n    environment:\n      - PAY_URL=x\n', 'services:\n  web: {}\n'],
      'src/config.ts': 'export const u = process.env.PAY_URL!\n',
    },
    [],
  ],
]

test.each(READS)('%s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})

test('a read that is answered is listed with its evidence', () => {
  const files: Files = {
    ...EXAMPLE,
    'README.md': '`PAY_URL` is where we pay\n',
    'src/pay.ts': ['', 'const url = process.env.PAY_URL!\nconst n = process.env.PAY_RETRY ?? 3\n'],
  }
  expect(
    exposuresOf(files).map(({ anchor, severity, evidence }) => [anchor, severity, evidence.map((one) => one.says)]),
  ).toEqual([
    ['PAY_URL', 'medium', ['it is documented here']],
    ['PAY_RETRY', 'low', ['the code has a default']],
  ])
})

test('the policy names what its platform provides', () => {
  const files: Files = { ...EXAMPLE, 'src/pay.ts': ['', 'const url = process.env.ACME_PAY_URL!\n'] }
  expect(raised(files, { expected: [], provided: ['ACME_*'] })).toEqual([])
})

test.each([
  ['code without reads', { 'src/a.ts': ['', 'export const a = 1\n'] }],
  ['lock files and packages', { 'package.json': ['{}', '{ "a": 1 }'], 'yarn.lock': ['', 'a'] }],
  [
    'translations',
    { 'src/main/resources/messages_de.properties': ['a=1\n', 'a=2\n'], 'locales/de.json': ['{}', '{ "a": "b" }'] },
  ],
  [
    'editor and linter settings',
    {
      '.vscode/settings.json': ['{}', '{ "a": 1 }'],
      '.eslintrc.json': ['{}', '{ "a": 1 }'],
      'tsconfig.json': ['{}', '{ "a": 1 }'],
    },
  ],
  ['fixtures', { 'test/fixtures/production.yaml': ['a: 1\n', 'a: 2\n'] }],
] satisfies [string, Files][])('not applicable: %s', (_name, files) => {
  expect(assessConfig(files).status).toBe('not-applicable')
})
