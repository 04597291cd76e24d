import { Ajv } from 'ajv'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { stringify } from 'yaml'
import { parsePolicyFile } from '../../src/policy/parse-policy.ts'
import { LEVELS } from '../../src/policy/policy.ts'
import { policyJsonSchema } from '../../src/policy/policy-json-schema.ts'
import { showPolicy } from '../../src/policy/show-policy.ts'
import { policyOf } from './resolve.ts'
import { PRESETS } from './shipped-presets.ts'

// Many small runs on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

const level = fc.constantFrom(...LEVELS)
const points = fc.integer({ min: 0, max: 90 })
const word = fc.constantFrom('off', 'no', '1', 'production', 'pay: now', '# one', "it's", 'é', '- x', '{a}', ' pad ')
const glob = fc.constantFrom('**/generated/**', 'src/*.ts', '*.md', 'a b/c', '.github/**', '{a,b}/[c-e]?.go')
const globs = fc.array(glob, { minLength: 1, maxLength: 3 })
const some = <T extends Record<string, unknown>>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(model, { requiredKeys: [] })

const sections = {
  extends: fc.constantFrom(...PRESETS.keys()),
  mode: fc.constantFrom('enforce', 'advise'),
  confidence: some({ pass: fc.integer({ min: 0, max: 100 }) }),
  prices: some({ low: points, medium: points, high: points, critical: points }),
  environments: fc.array(word, { maxLength: 3 }),
  critical: fc.array(fc.record({ name: word, paths: globs, factor: fc.integer({ min: 1, max: 10 }) }), {
    maxLength: 2,
  }),
  ignore: fc.array(glob, { maxLength: 3 }),
  checks: some({
    'error-paths': fc.oneof(level, some({ level, options: some({ tools: globs }) })),
  }),
  overrides: fc.array(fc.record({ paths: globs, checks: some({ 'error-paths': level }) }), { maxLength: 3 }),
}
const policies = fc.record({ version: fc.constant(1), ...sections }, { requiredKeys: ['version'] })

test('any policy of known keys is read as it was written, folds, and is the same when it is shown and read again', async () => {
  await fc.assert(
    fc.asyncProperty(policies, fc.boolean(), async (content, flow) => {
      const text = flow ? JSON.stringify(content) : stringify(content)
      expect(parsePolicyFile(text, 'p.yml')).toMatchObject({ file: content })
      const policy = await policyOf(text)
      expect((await policyOf(showPolicy(policy))).digest).toBe(policy.digest)
    }),
  )
})

/** Plain enough to mean the same as JSON and as YAML. */
const anything = fc.jsonValue({ maxDepth: 2, stringUnit: fc.constantFrom('a', 'b', '1') })
const oneWrong = fc
  .tuple(policies, fc.constantFrom(...Object.keys(sections), 'version', 'other'), anything)
  .map(([content, key, value]) => ({ ...content, [key]: value }))

test('the parser and the JSON Schema agree on what is a policy', () => {
  const validate = new Ajv({ strictTypes: false }).compile(JSON.parse(policyJsonSchema()))
  fc.assert(
    fc.property(oneWrong, (content) => {
      expect('file' in parsePolicyFile(JSON.stringify(content), 'p.yml')).toBe(validate(content))
    }),
    { numRuns: 150 },
  )
})

/** Never throws; what it says stands in the text, in order. */
function expectSound(text: string): void {
  const parsed = parsePolicyFile(text, 'p.yml')
  if ('file' in parsed) return
  const lines = text.split('\n')
  const places = parsed.problems.map(({ line, column }) => line * 1e6 + column)
  expect(places.length).toBeGreaterThan(0)
  expect(places).toEqual([...places].sort((left, right) => left - right))
  for (const { line, column, message } of parsed.problems) {
    expect(line).toBeLessThanOrEqual(lines.length)
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
    expect(message).not.toMatch(/\p{Cc}/u)
  }
}

test('no text makes the parser throw', () => {
  const signs = fc.constantFrom(
    ...'[]{}:,-?&*!|>%@#\'"\\ \n\t\r~<=.0aé\u0000\ud800\ufeff',
    ': ',
    '\n  ',
    '- ',
    '---\n',
    'version: 1\n',
  )
  const text = fc.oneof(
    fc.string({ unit: signs, maxLength: 200 }),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    fc.string({ unit: 'binary', maxLength: 100 }),
  )
  fc.assert(fc.property(text, expectSound), { numRuns: 200 })
})

test('no slip in a good policy makes the parser throw', () => {
  const slip = fc
    .tuple(policies, fc.nat(), fc.nat(9), fc.string({ maxLength: 5 }))
    .map(([content, at, length, insert]) => {
      const text = stringify(content)
      const start = at % text.length
      return text.slice(0, start) + insert + text.slice(start + length)
    })
  fc.assert(fc.property(slip, expectSound), { numRuns: 100 })
})
