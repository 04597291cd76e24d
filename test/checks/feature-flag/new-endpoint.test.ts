import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'
import { smallServices } from '../../support/small-service.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

async function both(before: Files, after: Files): Promise<readonly string[]> {
  const said = [
    ...(await exposuresOf(reader, 'feature-flag', before, after)),
    ...(await exposuresOf(reader, 'monitoring', before, after)),
  ]
  return said.map((one) => one.replace(/ \S+:\d+/, ''))
}

/** One endpoint, added to a service whose other endpoint has a flag and a metric. */
describe.each(smallServices)('a new endpoint in $language', (service) => {
  test('bare: one exposure for each check', async () => {
    expect(await both(service.before, service.bare)).toEqual(['medium ungated-route', 'medium silent-route'])
  })
  test('with a gate: the flag covers it', async () => {
    expect(await both(service.before, service.gated)).toEqual(['medium ungated-route (covered)', 'medium silent-route'])
  })
  test('with metric, log and trace: the signals cover it', async () => {
    expect(await both(service.before, service.seen)).toEqual(['medium ungated-route', 'medium silent-route (covered)'])
  })
  test('with both: nothing is exposed', async () => {
    expect(await both(service.before, service.gatedAndSeen)).toEqual([
      'medium ungated-route (covered)',
      'medium silent-route (covered)',
    ])
  })
  test('moved to another file: not new', async () => {
    expect(await both(service.bare, service.moved)).toEqual([])
  })
})
