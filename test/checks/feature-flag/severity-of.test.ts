import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const NODE = { 'package.json': '{ "dependencies": { "express": "4", "unleash-client": "5" } }' }
const NEXT = 'export async function POST(request) { return Response.json(await give()) }\n'
const EXPRESS = "import { Router } from 'express'\nconst router = Router()\n"
const NEST = "import { Controller, Post } from '@nestjs/common'\n@Controller('refunds')\nexport class R {\n"

async function assess(files: Files): Promise<readonly string[]> {
  return (await exposuresOf(reader, 'feature-flag', NODE, { ...NODE, ...files })).map((one) =>
    one.replace(/ \S+:\d+/, ''),
  )
}

/** Lines of code that make a change as large as a feature. */
const lines = (count: number): string => Array.from({ length: count }, (_, index) => `const x${index} = 1\n`).join('')

describe('one way in that moves money', () => {
  test.each<[string, string, string, string]>([
    ['for everybody', 'app/api/refunds/route.ts', NEXT, 'medium ungated-route'],
    ['of the box of a developer', 'cmd/devbox-hooks/app/api/refunds/route.ts', NEXT, 'low ungated-route'],
    ['of local development', 'services/local-dev-console/app/api/refunds/route.ts', NEXT, 'low ungated-route'],
    [
      'for the own staff alone',
      'a.ts',
      `${EXPRESS}router.post('/refunds', async (req, res) => {\n  if (!user.isStaff) return\n  give()\n})\napp.use(router)\n`,
      'low ungated-route',
    ],
    [
      'behind middleware for admins',
      'a.ts',
      `${EXPRESS}router.post('/refunds', requireAdmin, refund)\napp.use(router)\n`,
      'low ungated-route',
    ],
    ['with nothing behind it yet', 'r.controller.ts', `${NEST}  @Post()\n  create() {}\n}\n`, 'low ungated-route'],
    [
      'with work behind it',
      'r.controller.ts',
      `${NEST}  @Post()\n  create() { return give() }\n}\n`,
      'medium ungated-route',
    ],
    ['that only tells of it', 'app/api/payments/receipt-email/route.ts', NEXT, 'low ungated-route'],
    ['near it, and small', 'app/api/invoices/route.ts', NEXT, 'low ungated-route'],
    ['near it, in a large change', 'app/api/invoices/route.ts', NEXT + lines(400), 'medium ungated-route'],
    ['from another repository', 'app/api/refunds/route.ts', NEXT + lines(20_000), 'low ungated-route'],
  ])('%s', async (_, path, text, expected) => {
    expect(await assess({ [path]: text })).toEqual([expected])
  })
})

describe('ways to sign in', () => {
  test.each<[string, string, string]>([
    ['in a change of the size of a feature', NEXT + lines(400), 'medium ungated-route'],
    ['in a small change', NEXT + lines(150), 'low ungated-route'],
  ])('%s', async (_, text, expected) => {
    expect(await assess({ 'app/api/auth/passkeys/route.ts': text })).toEqual([expected])
  })
  test('the way out is none', async () => {
    expect(await assess({ 'app/api/auth/logout/route.ts': NEXT + lines(400) })).toEqual(['low ungated-route'])
  })
})

describe('many ways in at once', () => {
  const four = ['articles', 'articles/pin', 'articles/share', 'articles/lists']
  const all = (text: string): Files => Object.fromEntries(four.map((name) => [`app/api/${name}/route.ts`, text]))
  test.each<[string, Files, string]>([
    ['are a feature in a large change', all(NEXT + lines(100)), 'medium ungated-route'],
    ['are forms in a small one', all(NEXT), 'low ungated-route'],
    [
      'have a flag of their name already',
      { ...all(NEXT + lines(100)), 'src/feature-flags.json': '{ "articles-beta": false, "other": false }' },
      'low ungated-route',
    ],
  ])('%s', async (_, files, expected) => {
    expect(await assess(files)).toEqual(four.map(() => expected))
  })
})

describe('a list of flags that is code', () => {
  const four = ['articles', 'articles/pin', 'articles/share', 'articles/lists']
  const routes = Object.fromEntries(four.map((name) => [`app/api/${name}/route.ts`, NEXT + lines(100)]))
  test.each<[string, string, string]>([
    ['names the feature', "ARTICLES = ('flag_articles', 'Articles of the team')\n", 'low ungated-route'],
    ['names others', "REFUNDS = ('flag_refunds', 'Refunds')\n", 'medium ungated-route'],
  ])('%s', async (_, text, expected) => {
    expect(await assess({ ...routes, 'apps/teams/flags.py': text })).toEqual(four.map(() => expected))
  })
  test('is no flag system by itself', async () => {
    const files = { 'src/flags.ts': "export const flags = { port: 'port' }\n" }
    const said = await exposuresOf(reader, 'feature-flag', files, { ...files, 'app/api/refunds/route.ts': NEXT })
    expect(said).toEqual(['low no-flag-system app/api/refunds/route.ts:1'])
  })
})

describe('an area that has a noun in its name', () => {
  test.each<[string, string]>([
    ['app/api/requesting-data/delete-journey/route.ts', 'low ungated-route'],
    ['app/api/data/delete/route.ts', 'medium ungated-route'],
  ])('%s', async (path, expected) => {
    expect(await assess({ [path]: NEXT })).toEqual([expected])
  })
})

describe('a mutation', () => {
  const SDL = 'type Mutation {\n  bulkDeleteNotes(id: ID!): Note\n}\n'
  const RESOLVER = `export const resolvers = { Mutation: { pinNote: async () => pin(), shareNote: async () => share(), dropNote: async () => drop(), listNote: async () => list() } }\n${lines(400)}`
  const CONTRACT = 'type Mutation {\n  pinNote(id: ID!): Note\n  shareNote(id: ID!): Note\n}\n'
  test('that takes much at once is asked for, with or without a page', async () => {
    expect(await assess({ 'a.graphql': SDL, 'a.py': 'def bulk_delete_notes():\n    pass\n' })).toEqual([
      'medium ungated-resolver',
    ])
  })
  test('that no page of the change calls is none of a feature yet', async () => {
    const said = await assess({ 'a.graphql': CONTRACT, 'resolvers.ts': RESOLVER })
    expect(said.filter((one) => one.startsWith('medium'))).toEqual([])
  })
})
