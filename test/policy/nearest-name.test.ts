import { expect, test } from 'vitest'
import { nearestName } from '../../src/policy/nearest-name.ts'

const KNOWN = ['off', 'note', 'warn', 'block', 'environments', 'error-paths', 'critical', 'ignore']

test.each([
  ['enviroments', 'environments'],
  ['environment', 'environments'],
  ['errorPaths', 'error-paths'],
  ['ERROR_PATHS', 'error-paths'],
  ['blcok', 'block'],
  ['of', 'off'],
  ['warning', null],
  ['on', null],
  ['', null],
  ['waivers', null],
  ['ignore'.repeat(20), null],
])('%s → %s', (name, nearest) => {
  expect(nearestName(name, KNOWN)).toBe(nearest)
})

test('the first of equals wins, and nothing is near nothing', () => {
  expect(nearestName('cat', ['bat', 'hat'])).toBe('bat')
  expect(nearestName('cat', [])).toBe(null)
  expect(nearestName('a', ['b'])).toBe(null)
  expect(nearestName('a'.repeat(41), ['a'.repeat(42)])).toBe(null)
})
