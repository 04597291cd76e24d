import { beforeAll, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const SPEC = 'api/specs/ledger.json'
const spec = (...paths: readonly string[]): Files => ({
  [SPEC]: JSON.stringify(
    { openapi: '3.0.0', paths: Object.fromEntries(paths.map((path) => [path, { get: {} }])) },
    null,
    1,
  ),
})

test.each<[string, Files, boolean]>([
  ['nobody says where it comes from', {}, true],
  ['Gradle fetches it', { 'build.gradle.kts': 'mapOf("ledger" to "https://ledger.example.com/v3/api-docs")' }, false],
  [
    'a script of npm fetches it',
    { 'api/package.json': '{"scripts":{"spec":"curl https://a.example.com/openapi > specs/ledger.json"}}' },
    false,
  ],
  ['it is taken from the service itself', { Makefile: 'spec:\n\tcurl http://localhost:8080/docs > ledger.json' }, true],
  ['another one is fetched', { 'build.gradle.kts': 'mapOf("books" to "https://books.example.com")' }, true],
  [
    'a build file of another folder names it',
    { 'web/package.json': '{"a":"https://a.example.com/ledger.json"}' },
    true,
  ],
])('a description of an API promises less: %s', async (_, build, isOurs) => {
  const said = await exposuresOf(reader, 'rollback', { ...build, ...spec('/a', '/b') }, { ...build, ...spec('/a') })
  expect(said).toEqual([expect.stringMatching(isOurs ? `^medium contract-removed ${SPEC}` : '^not-applicable')])
})
