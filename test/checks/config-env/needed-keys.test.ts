// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code and configuration of others
import { expect, test } from 'vitest'
import { exposuresOf, type Files, raised } from '../../support/config-change.ts'

/** Environments that went their own ways, so that only the reader says whether a key is needed. */
const STAGING = 'env:\n  A_URL: a\n  S1: 1\n  S2: 2\n  S3: 3\n  B_URL: b\n'
const PRODUCTION = 'env:\n  A_URL: a\n  B_URL: b\n  S1: 1\n  P1: 1\n  P2: 2\n  S2: 2\n'
const APART: Files = {
  'helm/values-prod.yaml': PRODUCTION,
  'helm/values-staging.yaml': [STAGING, `${STAGING}  PAY_URL: https://pay.staging.acme.io\n`],
}
const SPRING = 'server:\n  port: 80\na: ${A_URL}\nb: ${B_URL}\n'

const NEEDED: readonly (readonly [name: string, files: Files, raised: readonly string[], title?: string])[] = [
  ['nobody is seen to read it', APART, []],
  [
    'the application does not start without it',
    { ...APART, 'src/main/resources/application.yml': [SPRING, `${SPRING}pay:\n  url: \${PAY_URL}\n`] },
    ['high missing-in-environment helm/values-staging.yaml:7'],
  ],
  [
    'the application read it before',
    { ...APART, 'src/main/resources/application.yml': `${SPRING}pay:\n  url: \${PAY_URL}\n` },
    ['high missing-in-environment helm/values-staging.yaml:7'],
  ],
  [
    'the application has a default',
    { ...APART, 'src/main/resources/application.yml': [SPRING, `${SPRING}pay:\n  url: \${PAY_URL:}\n`] },
    [],
  ],
  [
    'a test profile reads it',
    { ...APART, 'src/main/resources/application-test.yml': [SPRING, `${SPRING}pay:\n  url: \${PAY_URL}\n`] },
    [],
  ],
  [
    'code fails without it',
    { ...APART, 'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'] },
    ['high missing-in-environment helm/values-staging.yaml:7'],
  ],
  [
    'code goes on with no address',
    { ...APART, 'src/pay.ts': ['', 'const url = process.env.PAY_URL\n'] },
    ['medium missing-in-environment helm/values-staging.yaml:7'],
  ],
  ['code has a default', { ...APART, 'src/pay.ts': ['', "const url = process.env.PAY_URL ?? ''\n"] }, []],
  ['a script reads it', { ...APART, 'scripts/pay.ts': ['', 'const url = process.env.PAY_URL!\n'] }, []],
  [
    'only the cluster of developers has what the code fails without',
    {
      'helm/values-prod.yaml': PRODUCTION,
      'helm/values-staging.yaml': PRODUCTION,
      'helm/values-dev.yaml': [STAGING, `${STAGING}  PAY_URL: https://pay.dev.acme.io\n`],
      'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'],
    },
    ['medium missing-in-environment helm/values-dev.yaml:7'],
  ],
  [
    'two gain it, and the third gains another',
    {
      'helm/values-prod.yaml': [PRODUCTION, `${PRODUCTION}  OTHER_URL: b\n`],
      'helm/values-uat.yaml': [STAGING, `${STAGING}  OTHER_URL: b\n  PAY_MODE: x\n`],
      'helm/values-staging.yaml': [STAGING, `${STAGING}  OTHER_URL: b\n  PAY_MODE: x\n`],
    },
    ['medium missing-in-environment helm/values-staging.yaml:8'],
  ],
  [
    'two gain it, and the third nothing',
    {
      'helm/values-prod.yaml': PRODUCTION,
      'helm/values-uat.yaml': [STAGING, `${STAGING}  PAY_MODE: x\n`],
      'helm/values-staging.yaml': [STAGING, `${STAGING}  PAY_MODE: x\n`],
    },
    [],
  ],
  [
    'the title says for which environment it is',
    { '.env.production': 'A=1\nB=2\n', '.env.staging': ['A=1\nB=2\n', 'A=1\nB=2\nC=3\n'] },
    [],
    'Try the new mailer on staging',
  ],
  [
    'the title names both',
    { '.env.production': 'A=1\nB=2\n', '.env.staging': ['A=1\nB=2\n', 'A=1\nB=2\nC=3\n'] },
    ['medium missing-in-environment .env.staging:3'],
    'New mailer in staging and production',
  ],
]

test.each(NEEDED.map(([name, files, expected, title]) => ({ name, files, expected, title })))('$name', (given) => {
  const { files, expected, title } = given
  expect(raised(files, undefined, undefined, title)).toEqual(expected)
})

test('it says why the others need the key, and only that it is alone where nothing says so', () => {
  const says = (files: Files): string | undefined =>
    exposuresOf(files).find(({ kind }) => kind === 'missing-in-environment')?.says
  expect(says({ ...APART, 'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'] })).toContain(
    'src/pay.ts:1 reads it and fails without it',
  )
  expect(says(APART)).toContain('only staging has it so far')
  expect(says({ '.env.production': 'A=1\n', '.env.staging': ['A=1\n', 'A=1\nC=3\n'] })).toContain(
    'until now they held the same keys',
  )
})
