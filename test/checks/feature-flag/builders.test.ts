import { beforeAll, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const NODE = { 'package.json': '{ "dependencies": { "@trpc/server": "11", "unleash-client": "6" } }' }
const HEAD =
  "import { router, procedure } from './trpc'\nconst betaProcedure = procedure.use(({ ctx, next }) => {\n  QUESTION\n  return next()\n})\n"
const ROUTER =
  'export const orders = router({\n  payRefund: betaProcedure.input(shape).mutation(async ({ input }) => give(input)),\n})\n'

/** A handler that is made from a procedure is reached through what that procedure asks. */
test.each<[string, string, string]>([
  ['a feature of the caller', "if (!ctx.features.refunds) throw new Error('off')", 'medium ungated-rpc (covered)'],
  ['a flag', "if (!unleash.isEnabled('refunds')) throw new Error('off')", 'medium ungated-rpc (covered)'],
  ['who it is', "if (!ctx.user) throw new Error('nobody')", 'medium ungated-rpc'],
])('a procedure that asks %s', async (_, question, expected) => {
  const after = { ...NODE, 'a.ts': HEAD.replace('QUESTION', question) + ROUTER }
  const said = await exposuresOf(reader, 'feature-flag', { ...NODE, 'a.ts': '' }, after)
  expect(said.map((one) => one.replace(/ \S+:\d+/, ''))).toEqual([expected])
})
