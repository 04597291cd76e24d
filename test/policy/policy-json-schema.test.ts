import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { policyJsonSchema } from '../../src/policy/policy-json-schema.ts'
import { POLICY_TEMPLATE } from '../../src/policy/policy-template.ts'
import { PRESETS } from './shipped-presets.ts'

const validate = new Ajv({ strict: true, strictTypes: false }).compile(JSON.parse(policyJsonSchema()))

test('the committed file is what the sources give; `npm run schema` writes it', async () => {
  await expect(policyJsonSchema()).toMatchFileSnapshot('../../policies/airworthy.schema.json')
})

describe('it accepts what the parser accepts', () => {
  test.each([...PRESETS, ['the template', POLICY_TEMPLATE] as const])('%s', (_name, text) => {
    expect(validate(parse(text))).toBe(true)
  })
})

describe('it refuses what the parser refuses', () => {
  test.each([
    '{}',
    'version: 2',
    '{ version: 1, mode: advice }',
    '{ version: 1, attest: {} }',
    '{ version: 1, prices: { low: 91 } }',
    '{ version: 1, checks: { error-paths: false } }',
    '{ version: 1, checks: { error-paths: { options: { tool: [] } } } }',
    '{ version: 1, overrides: [{ paths: [], checks: {} }] }',
  ])('%s', (text) => {
    expect(validate(parse(text))).toBe(false)
  })
})

/** Paths of the properties in a JSON Schema that say nothing of themselves. */
function undescribed(schema: unknown, path: string): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]) => {
    if (key !== 'properties') return undescribed(value, path)
    return Object.entries(Object(value)).flatMap(([name, property]) => [
      ...(typeof Object(property).description === 'string' ? [] : [`${path}.${name}`]),
      ...undescribed(property, `${path}.${name}`),
    ])
  })
}

test('every key is described', () => {
  expect(undescribed({ properties: { a: { properties: { b: {} } } } }, '')).toEqual(['.a', '.a.b'])
  expect(undescribed(JSON.parse(policyJsonSchema()), '')).toEqual([])
})
