import { beforeAll, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const NODE = { 'package.json': '{ "dependencies": { "next": "15", "unleash-client": "6" } }' }
const action = (name: string): string =>
  `import { authActionClient } from './safe-action'\nexport const ${name} = authActionClient.action(async () => db.user.remove(1))\n`
const button = (call: string): string => `export const gone = () => ${call}\n`

test.each<[string, string, string, string]>([
  ['a procedure that the page called before', button('trpc.user.delete.useMutation()'), button('x()'), 'low'],
  [
    'a procedure that it still calls',
    button('trpc.user.delete.useMutation()'),
    button('trpc.user.delete.useMutation()'),
    'medium',
  ],
  ['something else that went', button('trpc.poll.delete.useMutation()'), button('x()'), 'medium'],
])('an action in place of %s', async (_, before, after, severity) => {
  const head = { ...NODE, 'a.ts': action('deleteCurrentUserAction'), 'b.ts': after }
  const said = await exposuresOf(reader, 'feature-flag', { ...NODE, 'b.ts': before }, head)
  expect(said).toEqual([`${severity} ungated-action a.ts:2`])
})
