import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

function assess(before: Files, after: Files): Promise<readonly string[]> {
  return exposuresOf(reader, 'feature-flag', before, after)
}

const NODE = { 'package.json': '{ "dependencies": { "unleash-client": "6.0.0" } }' }
const EXPRESS = "import { Router } from 'express'\n"
const MAIN = "import { unleash } from 'unleash-client'\n"
const REFUNDS = `${EXPRESS}export const refundsRouter = Router()\nrefundsRouter.post('/refunds', async (req, res) => {\n  await give(req.body)\n})\n`
const NAMED = `${EXPRESS}export function addRefunds(router: Router) {\n  router.post('/refunds', async (req, res) => {\n    await give(req.body)\n  })\n}\n`
const GATED = ' (covered)'

describe('what mounts a new router', () => {
  test.each<[string, string, string, string]>([
    [
      'runs only when a flag is on',
      REFUNDS,
      "import { refundsRouter } from './refunds'\nexport function start(app) {\n  if (unleash.isEnabled('refunds')) app.use('/api', refundsRouter)\n}\n",
      GATED,
    ],
    [
      'runs always',
      REFUNDS,
      "import { refundsRouter } from './refunds'\nexport function start(app) {\n  app.use('/api', refundsRouter)\n}\n",
      '',
    ],
    [
      'runs when the flag is off',
      REFUNDS,
      "import { refundsRouter } from './refunds'\nexport function start(app) {\n  if (!unleash.isEnabled('refunds')) app.use('/api', refundsRouter)\n}\n",
      '',
    ],
    ['is not there yet', REFUNDS, 'export function start(app) {\n  app.listen()\n}\n', GATED],
    [
      'is hidden behind an import of the module',
      REFUNDS,
      "import './refunds'\nexport function start(app) {\n  app.listen()\n}\n",
      '',
    ],
    [
      'is the only caller, and gated',
      NAMED,
      "import { addRefunds } from './refunds'\nexport function start(app) {\n  if (unleash.isEnabled('refunds')) addRefunds(app)\n}\n",
      GATED,
    ],
    [
      'is one of two callers, and the other is not gated',
      NAMED,
      "import { addRefunds } from './refunds'\nexport function start(app) {\n  if (unleash.isEnabled('refunds')) addRefunds(app)\n  addRefunds(app)\n}\n",
      '',
    ],
  ])('%s', async (_, refunds, main, covered) => {
    const before = { ...NODE, 'src/main.ts': `${MAIN}export function start(app) {}\n` }
    const said = await assess(before, { ...NODE, 'src/main.ts': `${MAIN}${main}`, 'src/refunds.ts': refunds })
    expect(said.map((one) => one.replace(/ \S+:\d+/, ''))).toEqual([`medium ungated-route${covered}`])
  })
  test('Python, included only when a flag is on', async () => {
    const before = { 'requirements.txt': 'django-waffle==4.0\n', 'shop/main.py': 'import waffle\n' }
    const router =
      'from fastapi import APIRouter\n\nrouter = APIRouter()\n\n\n@router.post("/refunds")\nasync def refund(body):\n    await give(body)\n'
    const main =
      'import waffle\nfrom shop.refunds import router as refunds\n\nif waffle.switch_is_active("refunds"):\n    app.include_router(refunds)\n'
    const said = await assess(before, { ...before, 'shop/main.py': main, 'shop/refunds.py': router })
    expect(said.filter((one) => one.includes('route'))).toEqual(['medium ungated-route shop/refunds.py:6 (covered)'])
  })
  test('Go, called only when a flag is on', async () => {
    const before = { 'go.mod': 'module shop\n\nrequire github.com/Unleash/unleash-client-go/v4 v4.0.0\n' }
    const refunds =
      'package shop\n\nimport "github.com/go-chi/chi/v5"\n\nfunc Refunds(r chi.Router) {\n\tr.Post("/refunds", refund)\n}\n'
    const main =
      'package shop\n\nimport "github.com/Unleash/unleash-client-go/v4"\n\nfunc Start(r chi.Router) {\n\tif unleash.IsEnabled("refunds") {\n\t\tRefunds(r)\n\t}\n}\n'
    const said = await assess(before, { ...before, 'shop/main.go': main, 'shop/refunds.go': refunds })
    expect(said).toEqual(['medium ungated-route shop/refunds.go:6 (covered)'])
  })
})

describe('a path that another file puts in front', () => {
  const orders = (path: string, body: string): string =>
    `${EXPRESS}export const ordersRouter = Router()\nordersRouter.post('${path}', async (req, res) => {\n  ${body}\n})\n`
  const main = (use: string): string =>
    `import { ordersRouter } from './orders'\nexport function start(app) {\n  app.use(${use})\n}\n`
  test('the same route, written in two pieces now', async () => {
    const before = { ...NODE, 'orders.ts': orders('/api/orders', 'await a(1)'), 'main.ts': main('ordersRouter') }
    const after = { ...NODE, 'orders.ts': orders('/orders', 'await b(2)'), 'main.ts': main("'/api', ordersRouter") }
    expect(await assess(before, after)).toEqual([])
  })
  test('another route, though its own piece reads the same', async () => {
    const empty = `${EXPRESS}export const ordersRouter = Router()\n`
    const refunds = orders('/create', 'await giveBack(2)').replaceAll('ordersRouter', 'refundsRouter')
    const both = `import { refundsRouter } from './refunds'\n${main("'/orders', ordersRouter")}`.replace(
      '\n}',
      "\n  app.use('/refunds', refundsRouter)\n}",
    )
    const before = {
      ...NODE,
      'orders.ts': orders('/create', 'await take(1)'),
      'main.ts': main("'/orders', ordersRouter"),
    }
    const after = { ...NODE, 'orders.ts': empty, 'refunds.ts': refunds, 'main.ts': both }
    expect(await assess(before, after)).toEqual(['low ungated-route refunds.ts:3'])
  })
})

test('an exit for those who have the flag gates nothing', async () => {
  const handler = (exit: string): string =>
    `${EXPRESS}${MAIN}const router = Router()\nrouter.post('/refunds', async (req, res) => {\n  if (${exit}) return res.sendStatus(404)\n  await give(req.body)\n  res.json(await list())\n})\n`
  const said = async (exit: string): Promise<readonly string[]> =>
    assess({ ...NODE, 'a.ts': '' }, { ...NODE, 'a.ts': handler(exit) })
  expect(await said("!unleash.isEnabled('refunds')")).toEqual(['medium ungated-route a.ts:4 (covered)'])
  expect(await said("unleash.isEnabled('refunds')")).toEqual(['medium ungated-route a.ts:4'])
})

describe('a new branch of an existing flow', () => {
  const pay = (branch: string): string =>
    `import axios from 'axios'\nimport { unleash } from 'unleash-client'\nexport async function checkout(order) {\n${branch}  await settle(order)\n}\n`
  const TAX = '{\n    await axios.post(TAX_URL, order)\n  }\n'
  test.each<[string, string, string, string, readonly string[]]>([
    [
      'sends an order to a new system',
      'checkout.ts',
      '',
      `  if (order.country === 'DE') ${TAX}`,
      ['medium ungated-branch checkout.ts:5'],
    ],
    ['asks a flag', 'checkout.ts', '', `  if (unleash.isEnabled('tax')) ${TAX}`, []],
    ['is no branch', 'checkout.ts', '', '  await axios.post(TAX_URL, order)\n', []],
    ['only reads', 'checkout.ts', '', "  if (order.country === 'DE') {\n    await axios.get(TAX_URL)\n  }\n", []],
    ['was there', 'checkout.ts', `  if (order.country === 'DE') ${TAX}`, `  if (order.isGerman) ${TAX}`, []],
    ['lies on a page', 'checkout.tsx', '', `  if (order.country === 'DE') ${TAX}`, []],
  ])('%s', async (_, path, before, after, expected) => {
    expect(await assess({ ...NODE, [path]: pay(before) }, { ...NODE, [path]: pay(after) })).toEqual(expected)
  })
  test('nobody who has no flags is asked for one', async () => {
    const after = pay(`  if (order.country === 'DE') ${TAX}`).replace(/.*unleash.*\n/, '')
    const before = pay('').replace(/.*unleash.*\n/, '')
    expect(await assess({ 'checkout.ts': before }, { 'checkout.ts': after })).toEqual([])
  })
  test('away from money and access it is nobody’s business', async () => {
    const move = (text: string): string => text.replace('checkout', 'paint')
    expect(
      await assess(
        { ...NODE, 'paint.ts': move(pay('')) },
        { ...NODE, 'paint.ts': move(pay(`  if (order.country === 'DE') ${TAX}`)) },
      ),
    ).toEqual([])
  })
})

test('a handler that lets none but GET through changes nothing', async () => {
  const path = 'pages/api/refunds.ts'
  const handler = (verb: string): string =>
    `export default async function handle(req, res) {\n  if (req.method !== '${verb}') return res.status(405).end()\n  res.json(await refunds(req))\n}\n`
  expect(await assess(NODE, { ...NODE, [path]: handler('GET') })).toEqual([`low ungated-route ${path}:1`])
  expect(await assess(NODE, { ...NODE, [path]: handler('POST') })).toEqual([`medium ungated-route ${path}:1`])
})

test('a setting that must be there is a gate, and takes a deploy to turn', async () => {
  const handler = `${EXPRESS}const router = Router()\nrouter.post('/refunds', async (req, res) => {\n  if (!process.env.REFUND_SECRET) return res.sendStatus(503)\n  await give(req.body)\n})\n`
  const asked = handler.replace('process.env.REFUND_SECRET', 'user.team.getPreference(Preference.Refunds)')
  for (const text of [handler, asked])
    expect(await assess({ ...NODE, 'a.ts': '' }, { ...NODE, 'a.ts': text })).toEqual([
      'medium ungated-route a.ts:3 (covered)',
    ])
})

test('a file that names its framework from now on had its routes before', async () => {
  const routes = "export function add(app) {\n  app.post('/refunds', give)\n}\n"
  expect(
    await assess({ ...NODE, 'a.ts': routes }, { ...NODE, 'a.ts': `import type { Express } from 'express'\n${routes}` }),
  ).toEqual([])
})
