import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

function assess(before: Files, after: Files): Promise<readonly string[]> {
  return exposuresOf(reader, 'feature-flag', before, after)
}

const LD = "import { init } from '@launchdarkly/node-server-sdk'\nconst client = init('key')\n"
const asked = (key: string, fallback: boolean): string =>
  `${LD}export async function price(user) {\n  if (await client.boolVariation('${key}', user, ${fallback})) return newPrice(user)\n  return oldPrice(user)\n}\n`
const plain = `${LD}export async function price(user) {\n  return oldPrice(user)\n}\n`

describe('a new flag', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['off when the service fails', plain, asked('new-price', false), []],
    ['on when the service fails', plain, asked('new-price', true), ['medium flag-on-by-default a.ts:4']],
    ['a kill switch may be on', plain, asked('kill-old-price', true), []],
    ['not new', asked('new-price', true), `${asked('new-price', true)}\nconst x = 1\n`, []],
    [
      'asked at import',
      LD,
      `${LD}const isOn = client.boolVariation('new-price', user, false)\nexport const price = isOn ? newPrice : oldPrice\n`,
      ['medium flag-asked-at-import a.ts:3'],
    ],
    [
      'asked in a handler without a name',
      LD,
      `${LD}app.use(() => client.boolVariation('new-price', user, false))\n`,
      [],
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await assess({ 'a.ts': before }, { 'a.ts': after })).toEqual(expected)
  })
})

describe('the manifest', () => {
  const FLAGS = { 'src/feature-flags.json': '{ "new-price": false, "new-checkout": false }' }
  test.each<[string, string, readonly string[]]>([
    ['has the key', 'new-price', []],
    ['has it in another case', 'newPrice', []],
    ['has one that differs by a letter', 'new-prise', ['medium flag-not-in-manifest a.ts:4']],
    ['has nothing like it', 'search-by-colour', ['low flag-not-in-manifest a.ts:4']],
  ])('%s', async (_, key, expected) => {
    expect(await assess({ ...FLAGS, 'a.ts': plain }, { ...FLAGS, 'a.ts': asked(key, false) })).toEqual(expected)
  })
  test.each<[string, string, readonly string[]]>([
    ['is kept: the flag next to it is there', 'new-checkout', ['medium flag-not-in-manifest a.ts:5']],
    ['is not kept: the flag next to it is missing too', 'dark-side', ['low flag-not-in-manifest a.ts:5']],
  ])('that lacks a new key %s', async (_, old, expected) => {
    const more = "  if (await client.boolVariation('search-by-colour', user, false)) return colours()\n"
    const before = asked(old, false)
    const after = before.replace('  return oldPrice', `${more}  return oldPrice`)
    expect(await assess({ ...FLAGS, 'a.ts': before }, { ...FLAGS, 'a.ts': after })).toEqual(expected)
  })
})

test('settings of tools in a folder of flags are no manifest, and a variable is no key', async () => {
  const tools = { 'launch-darkly/package.json': '{ "name": "x" }' }
  const config = { 'launch-darkly/tsconfig.json': '{ "compilerOptions": { "sourceMap": true } }' }
  const loop = `${LD}export async function all(user) {\n  for (const flagKey of keys()) if (await client.boolVariation(flagKey, user, true)) x()\n}\n`
  expect(await assess({ ...tools, 'a.ts': LD }, { ...tools, ...config, 'a.ts': loop })).toEqual([])
})

describe('no manifest', () => {
  test.each<[string, string]>([
    ['the chart of a service of that name', 'charts/growthbook/values.yaml'],
    ['a workflow', '.github/workflows/feature-flag.yml'],
  ])('%s', async (_, path) => {
    const files = { [path]: 'new-prise: true\nother: false\n' }
    expect(await assess({ ...files, 'a.ts': plain }, { ...files, 'a.ts': asked('new-price', false) })).toEqual([])
  })
  test('what is asked about is no key', async () => {
    const FLAGS = { 'src/feature-flags.json': '{ "organisation_id": false }' }
    const code = 'export function f(p) { if (isWarehouseFeatureEnabled(p.project.organisation)) x() }\n'
    expect(await assess({ ...FLAGS, 'a.ts': '' }, { ...FLAGS, 'a.ts': code })).toEqual([])
  })
})

describe('a flag that is on from the start', () => {
  test.each<[string, string, string, string, readonly string[]]>([
    [
      'a map',
      'feature-flags.json',
      '{ "old": true }',
      '{ "old": true, "newPrice": true }',
      ['medium flag-on-by-default feature-flags.json:1'],
    ],
    ['off', 'feature-flags.json', '{}', '{ "newPrice": false }', []],
    ['turned on later', 'feature-flags.json', '{ "newPrice": false }', '{ "newPrice": true }', []],
    [
      'a file for each',
      'config/feature_flags/new_price.yml',
      '',
      'name: new_price\ndefault_enabled: true\n',
      ['medium flag-on-by-default config/feature_flags/new_price.yml:2'],
    ],
    ['a kill switch', 'config/feature_flags/x.yml', '', 'name: disable_price\ndefault_enabled: true\n', []],
  ])('%s', async (_, path, before, after, expected) => {
    expect(await assess({ [path]: before }, { [path]: after })).toEqual(expected)
  })
})

describe('a removed flag', () => {
  test('keeps the side that was on', async () => {
    const kept = plain.replace('oldPrice', 'newPrice')
    expect(await assess({ 'a.ts': asked('new-price', false) }, { 'a.ts': kept })).toEqual([])
  })
  test('keeps the side that was off', async () => {
    expect(await assess({ 'a.ts': asked('new-price', false) }, { 'a.ts': plain })).toEqual([
      'medium flag-removed-wrong-side a.ts:4',
    ])
  })
  test.each<[string, string, string, readonly string[]]>([
    [
      'the feature is given up, as the title says',
      plain,
      'chore: remove the new price',
      ['low flag-removed-wrong-side a.ts:4'],
    ],
    ['the flag goes, as the title says', plain, 'Remove the flag new-price', ['medium flag-removed-wrong-side a.ts:4']],
    [
      'another flag chooses between its sides now',
      asked('cheap', false).replace('newPrice', 'cheapPrice'),
      'A change',
      [],
    ],
  ])('%s', async (_, after, title, expected) => {
    const before = { 'a.ts': asked('new-price', false) }
    expect(await exposuresOf(reader, 'feature-flag', before, { 'a.ts': after }, { title })).toEqual(expected)
  })
  test('is asked in another file now', async () => {
    const before = { 'a.ts': asked('new-price', false), 'b.ts': LD }
    expect(await assess(before, { 'a.ts': plain, 'b.ts': asked('new-price', false) })).toEqual([])
  })
  test('went with its file', async () => {
    expect(await assess({ 'a.ts': asked('new-price', false), 'b.ts': '' }, { 'b.ts': 'x()' })).toEqual([])
  })
})
