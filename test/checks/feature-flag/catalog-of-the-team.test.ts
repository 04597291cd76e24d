import { beforeAll, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const POLICY = `version: 1
catalog:
  flags:
    - id: acme-flags
      title: Acme flags
      languages: [typescript]
      modules: ["@acme/flags"]
      checks: [lit]
      packages: ["@acme/flags"]
  entryPoints:
    - id: acme-rpc
      title: Acme RPC
      kind: route
      languages: [typescript]
      modules: ["@acme/rpc"]
      rules: [{ form: call, names: [expose], path: 0, verb: none }]
  signals:
    - id: acme-signals
      title: Acme signals
      signal: metric
      languages: [typescript]
      modules: ["@acme/signals"]
      words: [beacon]
      calls: [flash]
`
const BASE = { 'package.json': '{ "dependencies": { "@acme/flags": "1" } }', 'a.ts': '' }
const IMPORTS =
  "import { expose } from '@acme/rpc'\nimport { lamp } from '@acme/flags'\nimport { beacon } from '@acme/signals'\n"
const serve = (body: string): string =>
  `${IMPORTS}expose('refunds.give', async (order) => {\n${body}  await give(order)\n})\n`

test("frameworks, flag SDKs and signals of the team's own are known by its policy", async () => {
  const said = async (id: 'feature-flag' | 'monitoring', body: string, policy?: string): Promise<readonly string[]> =>
    exposuresOf(reader, id, BASE, { ...BASE, 'a.ts': serve(body) }, policy === undefined ? {} : { policy })
  expect(await said('feature-flag', '')).toEqual([])
  expect(await said('feature-flag', '', POLICY)).toEqual(['medium ungated-route a.ts:4'])
  expect(await said('feature-flag', "  if (!lamp.lit('refunds')) return null\n", POLICY)).toEqual([
    'medium ungated-route a.ts:4 (covered)',
  ])
  expect(await said('monitoring', "  beacon.flash('refunds')\n", POLICY)).toEqual(['low silent-route a.ts:4 (covered)'])
})
