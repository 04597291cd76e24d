import { describe, expect, test } from 'vitest'
import { configKind } from '../../../src/facts/config/config-family.ts'
import { ConfigValue } from '../../../src/facts/config/config-value.ts'
import { parseConfig } from '../../../src/facts/config/parse-config.ts'
import type { ReviewRun } from '../../../src/pipeline.ts'
import { formatJson, formatNdjson } from '../../../src/report/json.ts'
import { formatMarkdown } from '../../../src/report/markdown.ts'
import { formatSarif } from '../../../src/report/sarif.ts'
import { formatTerminal } from '../../../src/report/terminal.ts'
import { reviewFiles } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

/** Each would be seen in any output, and each is of another kind: a secret, a password in a URL, a key, a plain text, a token in place of a key. */
const CANARIES = {
  secret: 'cAn4ryS3cr3tVal7Xq9Zt',
  password: 'cAn4ryPassw0rdInUrl',
  weak: 'canaryweakword',
  host: 'canaryhost',
  text: 'canary text of a person',
  key: ['ghp', 'cAn4ryC42F292c6912E7710c838347Ae178B'].join('_'),
  pem: 'cAn4ryPemBody',
}
const ALL = Object.values(CANARIES)

const env = (slash: string, pool: number): string =>
  [
    `JWT_SECRET=${CANARIES.secret}`,
    `DATABASE_URL=postgres://app:${CANARIES.password}@db.${CANARIES.host}.io:5432/app${slash}`,
    `PAY_URL=https://pay.${CANARIES.host}.io/v1${slash}`,
    `ADMIN_PASSWORD="${CANARIES.weak}"`,
    `MOTTO='${CANARIES.text}'`,
    `${CANARIES.key}=1`,
    `DB_POOL_SIZE=${pool}`,
    `TLS_KEY="-----BEGIN PRIVATE KEY-----\n${CANARIES.pem.repeat(20)}\n-----END PRIVATE KEY-----"`,
  ].join('\n')

const json = (slash: string, broken: string): string =>
  JSON.stringify({ Jwt: { Secret: CANARIES.secret, Url: `https://${CANARIES.host}.io${slash}` } }, null, 2) + broken
const yaml = (broken: string): string =>
  `payments:\n  apiKey: ${CANARIES.secret}\n  motto: "${CANARIES.text}"\n${broken}`

const BEFORE: Files = {
  '.env.production': env('/', 50),
  '.env.staging': env('/', 50),
  '.env.example': 'PORT=1\n',
  'appsettings.Production.json': json('/', ''),
  'values-production.yaml': yaml(''),
  'config/production.toml': `a = "${CANARIES.text}"\n`,
  'Web.config': `<a><add key="k" value="${CANARIES.secret}"/></a>`,
  'infra/prod.tfvars': `db_password = "${CANARIES.weak}"\n`,
  'src/pay.ts': 'export const a = 1\n',
}
const AFTER: Files = {
  ...BEFORE,
  '.env.production': `${env('', 5)}\nNEW_SECRET=${CANARIES.secret}\nSMTP_TOKEN=${CANARIES.key}\n`,
  '.env.staging': `${env('/', 50)}\nONLY_HERE=${CANARIES.secret}\nNEW_SECRET=${CANARIES.secret}\n`,
  'appsettings.Production.json': json('', `,,${CANARIES.text}`),
  'values-production.yaml': yaml(`  bad: [${CANARIES.secret}\n`),
  'config/production.toml': `a = "${CANARIES.text}" ${CANARIES.secret}\n`,
  'Web.config': `<a><add key="k" value="${CANARIES.secret}"></b>`,
  'infra/prod.tfvars': `db_password = "${CANARIES.secret}"\nnew_token = "${CANARIES.key}"\n`,
  'src/pay.ts': `export const key = '${CANARIES.key}'\nexport const url = process.env.PAY_KEY! // ${CANARIES.text}\n`,
}

describe('no value is in any output', async () => {
  const run = await reviewFiles(await testCodeReader(), BEFORE, AFTER)
  const terminal = ({ review, lines }: ReviewRun) =>
    formatTerminal(review, { width: 120, color: false, unicode: true, lines, verbose: true })

  test('the change is exposed in many ways', () => {
    const item = run.review.items.find(({ id }) => id === 'config-env')
    const kinds =
      item !== undefined && 'exposures' in item.outcome ? item.outcome.exposures.map(({ kind }) => kind) : []
    expect([...new Set(kinds)].toSorted()).toEqual([
      'does-not-parse',
      'missing-in-environment',
      'read-but-undefined',
      'risky-pool',
      'secret-committed',
      'secret-shared',
      'trailing-slash-differs',
    ])
  })

  test.each([
    ['json', formatJson(run.review)],
    ['ndjson', formatNdjson(run.review)],
    ['markdown', formatMarkdown(run.review)],
    ['sarif', formatSarif(run.review)],
    ['terminal', terminal(run)],
    ['the review itself', JSON.stringify(run.review)],
  ])('%s', (_format, text) => {
    expect(text).toContain('PAY_URL')
    for (const canary of ALL) expect(text.toLowerCase()).not.toContain(canary.toLowerCase())
  })
})

test.each(Object.entries(AFTER))('no entry of %s can be written out with its value', (path, text) => {
  const kind = configKind(path)
  const parsed = kind === null ? null : parseConfig(text, kind, [])
  const entries = parsed?.status === 'parsed' ? parsed.entries.map(({ value }) => value) : []
  const written =
    JSON.stringify([entries, parsed?.status === 'broken' ? parsed.problem : null]) + entries.map(String).join('')
  for (const canary of ALL) expect(written).not.toContain(canary)
})

test('a value can be compared and not read', () => {
  const value = new ConfigValue(['JWT_SECRET'], CANARIES.secret)
  expect(value.sameAs(new ConfigValue(['OTHER'], CANARIES.secret))).toBe(true)
  expect(value.sameAs(new ConfigValue(['OTHER'], `${CANARIES.secret}/`))).toBe(false)
  expect(Object.values(value).map(String).join()).not.toContain(CANARIES.secret)
  expect(JSON.stringify(value)).toBe('{"kind":"secret","strength":"generated"}')
})
