import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { RISKS } from '../../../src/checks/config-env/risk-rules.ts'
import { exposuresOf, type Files } from '../../support/config-change.ts'

const README = readFileSync(new URL('../../../src/checks/config-env/README.md', import.meta.url), 'utf8')
const EXAMPLES = [
  ...README.matchAll(/```env (exposed|covered) (\S+)\n([\s\S]*?)\n---\n([\s\S]*?)\n--- (\S+)\n([\s\S]*?)\n```/g),
]

test('the page shows an example of each', () => {
  expect(EXAMPLES.map((example) => example[1])).toEqual(['exposed', 'covered'])
})

test.each(EXAMPLES.map((example) => [example[1], example] as const))('its example is %s', (state, example) => {
  const [, , path = '', before = '', after = '', other = '', text = ''] = example
  const files: Files = { [path]: [before, after], [other]: text }
  const exposures = exposuresOf(files)
  expect(exposures).not.toEqual([])
  expect(exposures.every((exposure) => exposure.evidence.length > 0)).toBe(state === 'covered')
})

test('the page names every kind of risk', () => {
  const row = README.split('\n').find((line) => line.startsWith('| `risky-')) ?? ''
  const named = [...row.matchAll(/`(?:risky)?-([a-z-]+)`/g)].map((match) => match[1])
  expect(new Set(named)).toEqual(new Set(Object.keys(RISKS)))
})
