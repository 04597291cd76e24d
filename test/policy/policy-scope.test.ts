import { describe, expect, test } from 'vitest'
import { createPolicyScope } from '../../src/policy/policy-scope.ts'
import { policyOf } from './resolve.ts'

const scope = createPolicyScope(
  await policyOf(`
version: 1
ignore: ["**/generated/**", "legacy/**", "!legacy/kept/**"]
critical:
  - { name: checkout, paths: ["services/checkout/**"], factor: 2 }
  - { name: payment, paths: ["services/checkout/pay/**", "services/payment/**"], factor: 3.5 }
  - { name: refund, paths: ["services/payment/**"], factor: 3.5 }
checks: { error-paths: block }
overrides:
  - { paths: ["internal/**"], checks: { error-paths: off } }
  - { paths: ["internal/billing/**", "labs/**"], checks: { error-paths: warn } }
  - { paths: ["**"], checks: {} }
`),
)

test.each([
  ['src/generated/a.ts', true],
  ['generated/a.ts', true],
  ['legacy/a.ts', true],
  ['legacy/kept/a.ts', false],
  ['src/legacy/a.ts', false],
  ['src/generated.ts', false],
])('%s is ignored: %s', (path, ignored) => {
  expect(scope.isIgnored(path)).toBe(ignored)
})

test.each([
  ['src/a.ts', 'block'],
  ['internal/a.ts', 'off'],
  ['internal/billing/a.ts', 'warn'],
  ['labs/a.ts', 'warn'],
])('the level at %s is %s: the last override that names the check wins', (path, level) => {
  expect(scope.levelAt('error-paths', path)).toBe(level)
})

test.each([
  ['src/a.ts', 1, null],
  ['services/checkout/cart.ts', 2, 'checkout'],
  ['services/checkout/pay/card.ts', 3.5, 'payment'],
  ['services/payment/card.ts', 3.5, 'payment'],
])('%s costs %d times as much, for %s', (path, factor, journey) => {
  expect([scope.factorAt(path), scope.journeyAt(path)]).toEqual([factor, journey])
})

describe('a check is on when it is not off everywhere', () => {
  test.each([
    ['checks: { error-paths: note }', true],
    ['checks: { error-paths: off }', false],
    ['checks: { error-paths: off }\noverrides: [{ paths: [a], checks: { error-paths: off } }]', false],
    ['checks: { error-paths: off }\noverrides: [{ paths: [a], checks: { error-paths: note } }]', true],
    ['overrides: [{ paths: ["**"], checks: { error-paths: off } }]', true],
  ])('%j: %s', async (rules, on) => {
    const { isOn } = createPolicyScope(await policyOf(`version: 1\n${rules}\n`))
    expect(isOn('error-paths')).toBe(on)
  })
})
