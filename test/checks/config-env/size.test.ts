import { expect, test } from 'vitest'
import { exposuresOf, type Files } from '../../support/config-change.ts'

const KEYS = 3_000
const flat = (name: (index: number) => string, count = KEYS): string =>
  Array.from({ length: count }, (_, index) => `${name(index)}=${index}`).join('\n')
const nested = (count: number): string =>
  Array.from({ length: count }, (_, index) => `s${index}:\n  a:\n    b${index}: ${index}`).join('\n')

/** Work grows with the keys and not with their square. */
test.each([
  [
    'as many keys added as there are',
    {
      '.env.staging': [flat((i) => `A${i}`), `${flat((i) => `A${i}`)}\n${flat((i) => `B${i}`)}`],
      '.env.production': flat((i) => `A${i}`),
    },
  ],
  [
    'every key renamed',
    { '.env.staging': [flat((i) => `A${i}`), flat((i) => `a_${i}`)], '.env.production': flat((i) => `A${i}`) },
  ],
  [
    'every value changed',
    {
      '.env.staging': [flat((i) => `A${i}`), flat((i) => `A${i}`).replaceAll('=', '=https://a.io/')],
      '.env.production': flat((i) => `A${i}`).replaceAll('=', '=https://b.io'),
    },
  ],
  [
    'as many sections added as there are',
    { 'values-staging.yaml': [nested(1_000), nested(2_000)], 'values-prod.yaml': nested(1_000) },
  ],
] satisfies [string, Files][])('%s', (_name, files) => {
  const start = performance.now()
  expect(exposuresOf(files).length).toBeGreaterThan(0)
  expect(performance.now() - start).toBeLessThan(4_000)
})
