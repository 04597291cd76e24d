import { expect, test } from 'vitest'
import { policyDigest } from '../../src/policy/fold-policy.ts'
import { policyOf } from './resolve.ts'

const TEXT = 'version: 1\nmode: advise\nprices: { low: 1, high: 30 }\nignore: [a, b]\n'

async function digest(text: string | null): Promise<string> {
  return (await policyOf(text)).digest
}

test('is a sha256 in hex', async () => {
  expect(await digest(TEXT)).toMatch(/^sha256:[0-9a-f]{64}$/)
})

test.each([
  ['comments', `# why\n${TEXT}# end\n`],
  ['order of keys', 'ignore: [a, b]\nprices: { high: 30, low: 1 }\nmode: advise\nversion: 1\n'],
  ['layout', '{ version: 1, "mode": "advise", prices: { low: 0x1, high: 3e1 },\r\n ignore: [ a, b ] }'],
  ['what the base says anyway', `${TEXT}extends: recommended\nconfidence: { pass: 80 }\n`],
])('is not changed by %s', async (_what, text) => {
  expect(await digest(text)).toBe(await digest(TEXT))
})

test.each([
  ['a price', TEXT.replace('30', '31')],
  ['the order of a list', TEXT.replace('[a, b]', '[b, a]')],
  ['the mode', TEXT.replace('advise', 'enforce')],
  ['a level', `${TEXT}checks: { error-paths: note }\n`],
  ['an option', `${TEXT}checks: { error-paths: { options: { tools: [x] } } }\n`],
  ['a label', `${TEXT}labels: { pass: ready }\n`],
  ['an override', `${TEXT}overrides: [{ paths: [a], checks: { error-paths: note } }]\n`],
  ['a journey', `${TEXT}critical: [{ name: a, paths: [a], factor: 2 }]\n`],
])('is changed by %s', async (_what, text) => {
  expect(await digest(text)).not.toBe(await digest(TEXT))
})

test('does not hang on where the policy came from', async () => {
  expect(await digest(null)).toBe(await digest('version: 1\nmode: advise\n'))
})

test('does not hang on the order in which the rules are held', async () => {
  const { source: _source, digest: known, ...rules } = await policyOf(TEXT)
  const { mode, prices, ...rest } = rules
  const { low, medium, high, critical } = prices
  expect(policyDigest({ ...rest, prices: { critical, high, medium, low }, mode })).toBe(known)
})
