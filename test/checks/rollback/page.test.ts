import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { parseRehearsal } from '../../../src/facts/migration/evidence/rehearsal.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

const page = readFileSync(new URL('../../../src/checks/rollback/README.md', import.meta.url), 'utf8')
const examples = [...page.matchAll(/^```\w+ (exposed|covered|record)\n([\s\S]*?)^```/gm)].map((match) => ({
  claim: match[1] ?? '',
  text: match[2] ?? '',
}))

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

/** An example names its files in comments. */
function filesOf(text: string): Readonly<Record<string, string>> {
  const files: Record<string, string> = {}
  let path = ''
  for (const line of text.split('\n')) {
    const named = /^(?:--|#) (\S+\.\w+)$/.exec(line)?.[1]
    if (named !== undefined) path = named
    else if (path !== '') files[path] = `${files[path] ?? ''}${line}\n`
  }
  return files
}

describe('the examples of the page are true', () => {
  test('there are some', () => {
    expect(examples.map((example) => example.claim)).toEqual(['exposed', 'covered', 'exposed', 'covered', 'record'])
  })
  test.each(examples.filter(({ claim }) => claim !== 'record'))('$claim: $text', async ({ claim, text }) => {
    const said = await exposuresOf(reader, 'rollback', {}, filesOf(text))
    const open = said.filter((line) => !line.endsWith('(covered)') && !line.startsWith('low'))
    expect(said).not.toEqual([])
    expect(open.length > 0).toBe(claim === 'exposed')
  })
  test('the record is valid', () => {
    const record = examples.find(({ claim }) => claim === 'record')?.text ?? ''
    expect(parseRehearsal('a.yml', record)).toMatchObject({ status: 'read', rehearsal: { seconds: 212, exitCode: 0 } })
  })
})
