import { describe, expect, test } from 'vitest'
import { CHECK_IDS } from '../../src/policy/policy-schema.ts'
import { createPolicyScope } from '../../src/policy/policy-scope.ts'
import { policyOf } from './resolve.ts'
import { PRESETS } from './shipped-presets.ts'

const recommended = await policyOf('version: 1\nextends: recommended\n')
const strict = await policyOf('version: 1\nextends: strict\n')
const advisory = await policyOf('version: 1\nextends: advisory\n')

test.each([...PRESETS])('%s says for whom it is, in its first line', (name, text) => {
  expect(text).toMatch(new RegExp(`^# ${name}: for a `))
})

test('recommended enforces by confidence: no single finding fails a change at once', () => {
  expect(recommended.mode).toBe('enforce')
  expect(recommended.confidence.pass).toBe(80)
  expect(recommended.prices).toEqual({ low: 0, medium: 8, high: 20, critical: 40 })
  expect(CHECK_IDS.map((id) => recommended.checks[id].level)).not.toContain('block')
})

test.each([
  ['one high', { high: 1 }, true],
  ['two medium', { medium: 2 }, true],
  ['a hundred low', { low: 100 }, true],
  ['two high', { high: 2 }, false],
  ['three medium', { medium: 3 }, false],
  ['one critical', { critical: 1 }, false],
])(
  'recommended, as its header says: %s passes: %s',
  (_what, counts: Partial<Record<'low' | 'medium' | 'high' | 'critical', number>>, passes) => {
    const { prices, confidence } = recommended
    const left = (severity: keyof typeof prices) => (1 - prices[severity] / 100) ** (counts[severity] ?? 0)
    const sure = 100 * left('low') * left('medium') * left('high') * left('critical')
    expect(sure >= confidence.pass).toBe(passes)
  },
)

test('strict blocks everywhere, asks for 90 and prices low a little', () => {
  expect(new Set(CHECK_IDS.map((id) => strict.checks[id].level))).toEqual(new Set(['block']))
  expect(strict).toMatchObject({ mode: 'enforce', confidence: { pass: 90 }, prices: { ...recommended.prices, low: 1 } })
})

test('advisory is recommended that never blocks', () => {
  expect({ ...advisory, digest: recommended.digest }).toEqual({ ...recommended, mode: 'advise' })
})

describe('what recommended takes for code that fails in front of an operator', () => {
  // The options of a check are its own affair; as an `ignore` its globs can be asked.
  const { tools } = Object(recommended.checks['error-paths'].options)
  const scope = createPolicyScope({ ...recommended, ignore: tools })

  test.each([
    'scripts/seed.ts',
    'apps/web/scripts/openapi/build.ts',
    'bin/airworthy.js',
    'src/cli/main.ts',
    'hack/gen-docs/main.go',
    'cmd/server/main.go',
    'saleor/core/management/commands/populatedb.py',
    'api/manage.py',
    'examples/basic.ts',
    'example/app.ts',
    'docs/src/components/card.tsx',
    '.github/actions/release/index.js',
  ])('%s', (path) => {
    expect(scope.isIgnored(path)).toBe(true)
  })

  test.each([
    'tools/index.ts',
    'src/modules/mcp/tools/search.ts',
    'src/main/java/com/example/shop/Cart.java',
    'cmd/server/serve.go',
    'src/commands/refund.ts',
    'app/docs/service.py',
    'src/client/index.ts',
    'src/scripts.ts',
    'main.go',
  ])('not %s', (path) => {
    expect(scope.isIgnored(path)).toBe(false)
  })
})
