// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code and configuration of others
import { describe, expect, test } from 'vitest'
import { type Files, raised } from '../../support/config-change.ts'

type Case = readonly [name: string, files: Files, raised: readonly string[]]

// Put together here, so that no scanner takes this file for a leak.
const GENERATED = ['aB3dE5fG7h', 'J9kL1mN3pQ', '5rS7tU9vW1'].join('')
const TOKEN = ['ghp', '16C7e42F292c6912E7710c838347Ae178B4a'].join('_')

const KEY = [
  ['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' '),
  ...Array.from({ length: 6 }, () => GENERATED + GENERATED),
  ['-----END RSA', 'PRIVATE KEY-----'].join(' '),
]

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
    [
      'a token in a file of a tool',
      { 'web/.deployrc': [null, `[auth]\ntoken=${TOKEN}\n`] },
      ['high secret-committed web/.deployrc:2'],
    ],
    ['one that shows how it looks', { 'web/.deployrc.example': [null, `[auth]\ntoken=${TOKEN}\n`] }, []],
    ['one that was there before', { 'web/.deployrc': [`token=${TOKEN}\n`, `token=${TOKEN}\na=1\n`] }, []],
    ['in documentation', { 'docs/login.md': [null, `token=${TOKEN}\n`] }, []],
    [
      'the name of a secret is none',
      {
        'infra/prod.tfvars': [
          'a = 1\n',
          'a = 1\ngithub_secret_kube_cert = "K8S_GHA_PRODUCTION_CLUSTER_CERT"\nsecrets = { pay = { k8s_secret_name = "pay-azure-client-id-k8s" } }\n',
        ],
      },
      [],
    ],
    [
      'what a bundler sends to every browser is none',
      { '.env.production': ['A=1\n', `A=1\nVITE_AMPLITUDE_API_KEY=${GENERATED}\n`] },
      [],
    ],
    [
      'unless it is called a secret',
      { '.env.production': ['A=1\n', `A=1\nVITE_PAY_SECRET=${GENERATED}\n`] },
      ['high secret-committed .env.production:2'],
    ],
    ['the lifetime of a token is none', { '.env.production': ['A=1\n', 'A=1\nTOKEN_TTL=900\nMAX_TOKENS=4096\n'] }, []],
    ['a credential in code', { 'src/a.ts': ['', `const key = '${TOKEN}'\n`] }, ['high secret-committed src/a.ts:1']],
    [
      'a credential in a file of no environment',
      { '.env': ['A=1\n', `A=1\nGH=${TOKEN}\n`] },
      ['high secret-committed .env:2'],
    ],
    ['a credential in an example', { '.env.example': ['A=1\n', `A=1\nGH=${TOKEN}\n`] }, []],
    ['a credential of developers', { '.env.development': ['A=1\n', `A=1\nGH=${TOKEN}\n`] }, []],
    [
      'a private key',
      { 'config/production.yaml': ['a: 1\n', `a: 1\nsaml: |\n  ${KEY.join('\n  ')}\n`] },
      ['high secret-committed config/production.yaml:2'],
    ],
    [
      'the key that every emulator has',
      {
        '.env.production': [
          'A=1\n',
          `A=1\nSTORAGE_ACCOUNT_KEY=${['Eby8vdM02xNOcqFl', 'qUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq'].join('')}\n`,
        ],
      },
      [],
    ],
    [
      'an address with a password for production',
      { '.env.production': ['A=1\n', 'A=1\nSTORE=postgres://pay:kT9x2LmQ8@db.pay.io/x\n'] },
      ['medium secret-committed .env.production:2'],
    ],
    [
      'an address with a password for staging',
      { '.env.staging': ['A=1\n', 'A=1\nSTORE=postgres://pay:kT9x2LmQ8@db.pay.io/x\n'] },
      [],
    ],
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
