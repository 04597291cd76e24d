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
const SPEAKS =
  'export async function POST(request) {\n  if (org.featureSettings.refunds) await give()\n  return Response.json({})\n}\n'
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
    ['near it', 'app/api/invoices/route.ts', NEXT, 'low ungated-route'],
    ['near it, and commits a customer', 'app/api/billing/checkout/start/route.ts', NEXT, 'medium ungated-route'],
    ['whose word means something else', 'app/api/payment/units/route.ts', NEXT, 'low ungated-route'],
    ['that speaks of a switch', 'app/api/refunds/route.ts', SPEAKS, 'low ungated-route'],
    ['from another repository', 'app/api/refunds/route.ts', NEXT + lines(20_000), 'low ungated-route'],
  ])('%s', async (_, path, text, expected) => {
    expect(await assess({ [path]: text })).toEqual([expected])
  })
})

describe('a way to sign in', () => {
  test.each<[string, string, string]>([
    ['opens a door', 'app/api/auth/passkeys/route.ts', 'medium ungated-route'],
    ['is reached by those who are not signed in', 'app/api/auth/forgot-password/route.ts', 'medium ungated-route'],
    ['issues tokens that act for somebody', 'app/api/auth/user-actor-token/route.ts', 'medium ungated-route'],
    ['is one setting of many', 'app/api/auth/roles/route.ts', 'low ungated-route'],
    ['is the way out', 'app/api/auth/logout/route.ts', 'low ungated-route'],
    ['is of moderators', 'app/api/moderators/auth/passkeys/route.ts', 'low ungated-route'],
  ])('%s', async (_, path, expected) => {
    expect(await assess({ [path]: NEXT })).toEqual([expected])
  })
})

const THREE = ['articles', 'articles/pin', 'articles/share']
const routes = (text = NEXT): Files => Object.fromEntries(THREE.map((name) => [`app/api/${name}/route.ts`, text]))
const STORE = { 'src/models/article.ts': 'export class Article {}\n' }

describe('a thing that was not there before', () => {
  test.each<[string, Files, string]>([
    ['has a store of its own and ways to change it', { ...routes(), ...STORE }, 'medium ungated-route'],
    [
      'a table is a store',
      { ...routes(), 'db/migrations/7_articles.sql': 'CREATE TABLE a ();' },
      'medium ungated-route',
    ],
    [
      'a service that is new as a whole is none',
      { ...routes(), ...STORE, 'app/package.json': '{}' },
      'low ungated-route',
    ],
    [
      'the next version of what is there is none',
      {
        ...Object.fromEntries(THREE.map((name) => [`app/v2/api/${name}/route.ts`, NEXT])),
        ...Object.fromEntries(THREE.map((name) => [`app/v1/api/${name}/route.ts`, '\n'])),
        ...STORE,
      },
      'low ungated-route',
    ],
    ['forms of what was there have none', routes(), 'low ungated-route'],
    [
      'has a flag of its name already',
      { ...routes(), ...STORE, 'src/feature-flags.json': '{ "articles-beta": false, "other": false }' },
      'low ungated-route',
    ],
    [
      'is asked for where it begins',
      {
        ...routes(),
        ...STORE,
        'src/menu.ts':
          "import { unleash } from './flags'\nexport const menu = () => { if (unleash.isEnabled('reading')) more() }\n",
      },
      'low ungated-route',
    ],
  ])('%s', async (_, files, expected) => {
    expect(await assess(files)).toEqual(THREE.map(() => expected))
  })
  test('is not for everybody yet, as its title says', async () => {
    const files = { ...routes(), ...STORE }
    const said = await exposuresOf(
      reader,
      'feature-flag',
      NODE,
      { ...NODE, ...files },
      { title: 'feat: articles beta' },
    )
    expect(said.filter((one) => one.startsWith('medium'))).toEqual([])
  })
})

describe('what a clock starts', () => {
  const GO = (name: string): string =>
    `package jobs\n\nimport "github.com/robfig/cron/v3"\n\nfunc start(c *cron.Cron) {\n\tc.AddJob(NewJob(ctx, "${name}", handler))\n}\n`
  const MOD = { 'go.mod': 'module x\n' }
  test.each<[string, string, readonly string[]]>([
    ['takes something from customers', 'LockExpiredTrialTenantsJob', ['medium ungated-schedule jobs/a.go:6']],
    ['sweeps up', 'PurgeExpiredNotificationsJob', ['low no-flag-system jobs/a.go:6']],
    ['ends sessions', 'DeleteStaleUserSessionsJob', ['low no-flag-system jobs/a.go:6']],
  ])('%s: wanted in a team without flags too', async (_, name, expected) => {
    expect(await exposuresOf(reader, 'feature-flag', MOD, { ...MOD, 'jobs/a.go': GO(name) })).toEqual(expected)
  })
})

describe('a job with times of its own', () => {
  const FLAGS = { 'requirements.txt': 'UnleashClient==5\n' }
  const actor = (name: string, times: string): string =>
    `import dramatiq\n\n@dramatiq.actor(actor_name="${name}"${times})\ndef run():\n    work()\n`
  const CRON = ', cron_trigger=CronTrigger.from_crontab("0 5 * * *")'
  test.each<[string, string, Files, readonly string[]]>([
    ['takes', actor('organization.cancel_subscriptions', CRON), FLAGS, ['medium ungated-schedule tasks.py:3']],
    ['moves money', actor('order.process_dunning', CRON), FLAGS, ['medium ungated-schedule tasks.py:3']],
    ['mails', actor('subscription.scan_renewal_reminders', CRON), FLAGS, ['medium ungated-schedule tasks.py:3']],
    ['clears up', actor('order.stale_payment_locks', CRON), FLAGS, ['low ungated-schedule tasks.py:3']],
    ['is started by somebody', actor('order.process_dunning', ''), FLAGS, ['low ungated-job tasks.py:3']],
    [
      'mails, in a team without flags',
      actor('subscription.scan_renewal_reminders', CRON),
      {},
      ['low no-flag-system tasks.py:3'],
    ],
    [
      'takes, in a team without flags',
      actor('organization.cancel_subscriptions', CRON),
      {},
      ['medium ungated-schedule tasks.py:3'],
    ],
  ])('%s', async (_, text, files, expected) => {
    expect(await exposuresOf(reader, 'feature-flag', files, { ...files, 'tasks.py': text })).toEqual(expected)
  })
})

describe('a list of flags that is code', () => {
  test.each<[string, string, string]>([
    ['names the feature', "ARTICLES = ('flag_articles', 'Articles of the team')\n", 'low ungated-route'],
    ['names others', "REFUNDS = ('flag_refunds', 'Refunds')\n", 'medium ungated-route'],
  ])('%s', async (_, text, expected) => {
    const said = await assess({ ...routes(), ...STORE, 'apps/teams/flags.py': text })
    expect(said).toEqual(THREE.map(() => expected))
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
    ['app/api/bulk-delete/route.ts', 'medium ungated-route'],
    ['app/api/bulk-delete-from-list/route.ts', 'low ungated-route'],
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
