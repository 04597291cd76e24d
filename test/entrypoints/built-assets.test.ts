import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { policyWithoutFile } from '../../src/entrypoints/base-policy.ts'
import { catalog } from '../support/catalog.ts'
import { COMMAND_LINE } from '../support/command-line.ts'

function built(name: string): unknown {
  return JSON.parse(readFileSync(join(dirname(COMMAND_LINE), name), 'utf8'))
}

test('the catalog that the build wrote is the one of the sources', () => {
  expect(built('catalog.json')).toStrictEqual(catalog)
})

test('the policy that the build wrote is what holds without a file', async () => {
  const resolved = await policyWithoutFile()
  expect({ policy: built('policy.json') }).toStrictEqual(resolved)
})
