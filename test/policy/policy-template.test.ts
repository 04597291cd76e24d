import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { policyFileSchema } from '../../src/policy/policy-schema.ts'
import { POLICY_TEMPLATE } from '../../src/policy/policy-template.ts'
import { policyOf } from './resolve.ts'
import { PRESETS } from './shipped-presets.ts'

/** With every setting switched on: prose is `# ` and a word, a setting is `#` and a key or its indentation. */
const ALL_ON = POLICY_TEMPLATE.replace(/^#(?! \S)/gm, '')

test('is the preset recommended', async () => {
  expect(await policyOf(POLICY_TEMPLATE)).toEqual(await policyOf('version: 1\nextends: recommended\n'))
})

test('shows every key that a policy can have', async () => {
  await policyOf(ALL_ON)
  expect(Object.keys(parse(ALL_ON)).sort()).toEqual(Object.keys(policyFileSchema.shape).sort())
})

test('shows the values of recommended where it shows values', () => {
  const shown = parse(ALL_ON)
  const { mode, confidence, prices, environments, checks } = parse(PRESETS.get('recommended') ?? '')
  expect(shown).toMatchObject({ mode, confidence, prices, environments })
  expect(shown.checks['error-paths'].level).toBe(checks['error-paths'].level)
  expect(checks['error-paths'].options.tools).toEqual(expect.arrayContaining(shown.checks['error-paths'].options.tools))
})

test('begins with the schema, for editors', () => {
  expect(POLICY_TEMPLATE.split('\n')[0]).toBe('# yaml-language-server: $schema=./airworthy.schema.json')
})
