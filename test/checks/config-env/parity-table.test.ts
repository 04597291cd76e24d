import { expect, test } from 'vitest'
import { formatMarkdown } from '../../../src/report/markdown.ts'
import { reviewFiles } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

const code = await testCodeReader()

async function tableOf(before: Files, after: Files): Promise<string> {
  const { review } = await reviewFiles(code, before, after)
  return formatMarkdown(review)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .join('\n')
}

const BEFORE: Files = {
  '.env.production': 'PAY_URL=https://pay.acme.io/v1/\nDB_POOL_SIZE=50\nOWNER=a\n',
  '.env.staging': 'PAY_URL=https://pay.staging.acme.io/v1/\nDB_POOL_SIZE=50\nOWNER=b\n',
}

test('changed keys by environment, as shapes, with the cell that differs marked', async () => {
  const table = await tableOf(BEFORE, {
    '.env.production': 'PAY_URL=https://pay.acme.io/v1\nDB_POOL_SIZE=5\nOWNER=c\n',
    '.env.staging':
      'PAY_URL=https://pay.staging.acme.io/v1/\nDB_POOL_SIZE=50\nOWNER=b\nPAY_TOKEN=cAn4ryS3cr3tVal7Xq9Zt\n',
  })
  expect(table).toMatchInlineSnapshot(`
    "| Key | production | staging |
    | --- | --- | --- |
    | PAY\\_URL | **https URL, with a path, no trailing slash** ⚠ | https URL, staging host, with a path, trailing slash |
    | DB\\_POOL\\_SIZE | **5** ⚠ | 50 |
    | PAY\\_TOKEN | **missing** ⚠ | secret |"
  `)
})

test('no table where nothing differs', async () => {
  expect(
    await tableOf(BEFORE, {
      ...BEFORE,
      '.env.production': 'PAY_URL=https://pay2.acme.io/v1/\nDB_POOL_SIZE=50\nOWNER=a\n',
    }),
  ).toBe('')
})

test('a key that would break the table does not', async () => {
  const key = 'A|B<img src=x>'
  const before: Files = { 'values-production.yaml': 'a: 1\nb: 2\n', 'values-staging.yaml': 'a: 1\nb: 2\n' }
  const table = await tableOf(before, { ...before, 'values-staging.yaml': `a: 1\nb: 2\n"${key}": https://a.io\n` })
  expect(table.split('\n').map((line) => line.split(' | ').length)).toEqual([3, 3, 3])
  expect(table).not.toContain('<img')
})
