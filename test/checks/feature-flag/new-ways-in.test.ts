import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

function assess(before: Files, after: Files, policy?: string): Promise<readonly string[]> {
  return exposuresOf(reader, 'feature-flag', before, after, policy === undefined ? {} : { policy })
}

/** The team has flags: the SDK stands in a manifest. */
const NODE = { 'package.json': '{ "dependencies": { "unleash-client": "6.0.0" } }' }
const PYTHON = { 'requirements.txt': 'django-waffle==4.0\n' }
const GO = { 'go.mod': 'module shop\n\nrequire github.com/open-feature/go-sdk v1.2.0\n' }

const EXPRESS = "import { Router } from 'express'\nimport { unleash } from './flags'\nconst router = Router()\n"
const POST = "router.post('/refunds', async (req, res) => { res.json(await give(req.body)) })\n"

describe('TypeScript', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['a critical write', EXPRESS, EXPRESS + POST, ['medium ungated-route a.ts:4']],
    ['a read', EXPRESS, `${EXPRESS}router.get('/refunds', list)\n`, ['low ungated-route a.ts:4']],
    [
      'a small write that is neither money nor access',
      EXPRESS,
      `${EXPRESS}router.post('/themes', save)\n`,
      ['low ungated-route a.ts:4'],
    ],
    ['a health endpoint', EXPRESS, `${EXPRESS}router.get('/healthz', ok)\n`, []],
    ['a name that only looks like a route', EXPRESS, `${EXPRESS}client.post('/refunds', body)\n`, []],
    [
      'inside a condition',
      EXPRESS,
      `${EXPRESS}if (unleash.isEnabled('refunds')) {\n  ${POST}}\n`,
      ['medium ungated-route a.ts:5 (covered)'],
    ],
    [
      'on the wrong side of a condition',
      EXPRESS,
      `${EXPRESS}if (unleash.isEnabled('old')) { x() } else {\n  ${POST}}\n`,
      ['medium ungated-route a.ts:5'],
    ],
    [
      'inside a negated condition',
      EXPRESS,
      `${EXPRESS}if (!unleash.isEnabled('old')) {\n  ${POST}}\n`,
      ['medium ungated-route a.ts:5'],
    ],
    [
      'middleware that says flag',
      EXPRESS,
      `${EXPRESS}router.post('/refunds', requireFlag('refunds'), refund)\n`,
      ['medium ungated-route a.ts:4 (covered)'],
    ],
    [
      'middleware that says nothing',
      EXPRESS,
      `${EXPRESS}router.post('/refunds', requireUser, refund)\n`,
      ['medium ungated-route a.ts:4'],
    ],
    [
      'a bound answer',
      EXPRESS,
      `${EXPRESS}router.post('/refunds', async (req, res) => {\n  const isOn = unleash.isEnabled('refunds')\n  if (!isOn) return res.sendStatus(404)\n  give()\n})\n`,
      ['medium ungated-route a.ts:4 (covered)'],
    ],
    [
      'a button is no flag',
      EXPRESS,
      `${EXPRESS}router.post('/refunds', async (req, res) => {\n  if (!button.isEnabled()) return\n  give()\n})\n`,
      ['medium ungated-route a.ts:4'],
    ],
    [
      'a role is no flag',
      EXPRESS,
      `${EXPRESS}router.post('/refunds', async (req, res) => {\n  if (!user.isAdmin) return\n  give()\n})\n`,
      ['medium ungated-route a.ts:4'],
    ],
    [
      'a setting',
      EXPRESS,
      `${EXPRESS}if (process.env.ENABLE_REFUNDS === 'true') {\n  ${POST}}\n`,
      ['medium ungated-route a.ts:5 (covered)'],
    ],
    [
      'a renamed handler',
      `${EXPRESS}router.post('/refunds', give)\n`,
      `${EXPRESS}router.post('/refunds', giveBack)\n`,
      [],
    ],
    ['reformatted', EXPRESS + POST, EXPRESS + POST.replace("('/refunds', ", "(\n  '/refunds',\n  "), []],
    [
      'a renamed parameter',
      `${EXPRESS}router.post('/refunds/:id', give)\n`,
      `${EXPRESS}router.post('/refunds/:refundId', give)\n`,
      [],
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await assess({ ...NODE, 'a.ts': before }, { ...NODE, 'a.ts': after })).toEqual(expected)
  })

  test.each<[string, string, string, readonly string[]]>([
    [
      'Nest',
      'r.controller.ts',
      "import { Controller, Post } from '@nestjs/common'\n@Controller('refunds')\nexport class R {\n  @Post()\n  create() { return give() }\n}\n",
      ['medium ungated-route r.controller.ts:4'],
    ],
    [
      'Nest with a guard',
      'r.controller.ts',
      "import { Controller, Post, UseGuards } from '@nestjs/common'\n@Controller('refunds')\nexport class R {\n  @UseGuards(FeatureFlagGuard)\n  @Post()\n  create() { return give() }\n}\n",
      ['medium ungated-route r.controller.ts:5 (covered)'],
    ],
    [
      'Next route',
      'app/api/refunds/route.ts',
      'export async function POST(request) { return Response.json(await give()) }\n',
      ['medium ungated-route app/api/refunds/route.ts:1'],
    ],
    [
      'Next page',
      'app/refunds/page.tsx',
      'export default function Page() { return <p>hi</p> }\n',
      ['low ungated-page app/refunds/page.tsx:1'],
    ],
    [
      'tRPC',
      'server/trpc/refunds.ts',
      "import { authed, router } from './trpc'\nexport const r = router({ refund: authedProcedure.mutation(async () => give()) })\n",
      ['medium ungated-rpc server/trpc/refunds.ts:2'],
    ],
    [
      'a queue',
      'worker.ts',
      "import { Worker } from 'bullmq'\nnew Worker('refunds', async (job) => give(job))\n",
      ['medium ungated-consumer worker.ts:2'],
    ],
    ['a test', 'refunds.test.ts', EXPRESS + POST, []],
    ['a script', 'scripts/serve.ts', EXPRESS + POST, []],
  ])('%s', async (_, path, after, expected) => {
    const said = await assess(NODE, { ...NODE, [path]: after })
    expect(said.filter((one) => !one.startsWith('not-applicable'))).toEqual(expected)
  })
})

describe('Python', () => {
  const FASTAPI = 'from fastapi import APIRouter\nrouter = APIRouter(prefix="/v1")\n'
  const DJANGO = 'from django.urls import include, path\nfrom . import views\n'
  test.each<[string, string, string, readonly string[]]>([
    [
      'FastAPI',
      '',
      `${FASTAPI}@router.post("/refunds")\nasync def refund():\n    give()\n`,
      ['medium ungated-route a.py:3'],
    ],
    [
      'Flask with methods',
      '',
      'from flask import Flask\napp = Flask(__name__)\n@app.route("/refunds", methods=["POST"])\ndef refund():\n    give()\n',
      ['medium ungated-route a.py:3'],
    ],
    [
      'Django',
      DJANGO,
      `${DJANGO}urlpatterns = [path("refunds/", views.refund), path("api/", include("api.urls"))]\n`,
      ['low ungated-route a.py:3'],
    ],
    [
      'a pattern that is put together in another way',
      "from django.conf.urls import url\nurlpatterns = [url(r'^programs/{uuid}/$'.format(uuid=UUID), views.Program.as_view())]\n",
      "from django.conf.urls import url\nurlpatterns = [url(fr'^programs/{UUID}/$', views.Program.as_view())]\n",
      [],
    ],
    [
      'a waffle decorator',
      '',
      'from celery import shared_task\nfrom waffle.decorators import waffle_flag\n@shared_task\n@waffle_flag("refunds")\ndef refund():\n    give()\n',
      ['medium ungated-job a.py:3 (covered)'],
    ],
    [
      'a job',
      '',
      'from celery import shared_task\n@shared_task\ndef send_refund():\n    give()\n',
      ['medium ungated-job a.py:2'],
    ],
    [
      'a job that asks first',
      '',
      'from celery import shared_task\nfrom waffle import switch_is_active\n@shared_task\ndef send_refund():\n    if not switch_is_active("refunds"):\n        return\n    give()\n',
      ['medium ungated-job a.py:3 (covered)'],
    ],
    [
      'a job under another name',
      'from celery import shared_task\n@shared_task\ndef send_refund(order):\n    give(order.id, order.total, reason="asked")\n',
      'from celery import shared_task\n@shared_task\ndef send_refund_mail(order):\n    give(order.id, order.total, reason="asked")\n',
      [],
    ],
    [
      'a setting around the registration',
      DJANGO,
      `${DJANGO}urlpatterns = []\nif settings.REFUNDS_ENABLED:\n    urlpatterns += [path("refunds/", views.refund)]\n`,
      ['low ungated-route a.py:5 (covered)'],
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await assess({ ...PYTHON, 'a.py': before }, { ...PYTHON, 'a.py': after })).toEqual(expected)
  })
})

describe('a Django URL', () => {
  const urls =
    'from django.urls import path\nfrom . import views\nurlpatterns = [path("refunds/", views.RefundView.as_view())]\n'
  test.each<[string, string, string]>([
    ['a view that writes', 'class RefundView(View):\n    def post(self, request):\n        give()\n', 'medium'],
    ['a view that shows', 'class RefundView(TemplateView):\n    template_name = "x"\n', 'low'],
    ['a view that was there before', '', 'low'],
  ])('%s', async (_, view, severity) => {
    const after = { ...PYTHON, 'shop/urls.py': urls, ...(view === '' ? {} : { 'shop/views.py': view }) }
    expect(await assess(PYTHON, after)).toEqual([`${severity} ungated-route shop/urls.py:3`])
  })
})

describe('Go', () => {
  const MUX = 'package shop\n\nimport "net/http"\n'
  test.each<[string, string, readonly string[]]>([
    [
      'net/http',
      `${MUX}func Routes(mux *http.ServeMux) {\n\tmux.HandleFunc("POST /refunds", refund)\n}\n`,
      ['medium ungated-route a.go:5'],
    ],
    [
      'net/http, a read',
      `${MUX}func Routes(mux *http.ServeMux) {\n\tmux.HandleFunc("GET /refunds", refund)\n}\n`,
      ['low ungated-route a.go:5'],
    ],
    [
      'echo',
      'package shop\nimport "github.com/labstack/echo/v4"\nfunc R(e *echo.Echo) {\n\tg := e.Group("/v1")\n\tg.POST("/refunds", refund)\n}\n',
      ['medium ungated-route a.go:5'],
    ],
    ['cobra', 'package shop\nimport "github.com/spf13/cobra"\nvar c = &cobra.Command{Use: "refund", RunE: run}\n', []],
    [
      'a gate in the handler of the same file',
      `${MUX}func Routes(mux *http.ServeMux) {\n\tmux.HandleFunc("POST /refunds", refund)\n}\nfunc refund(w http.ResponseWriter, r *http.Request) {\n\tif on, _ := flags.BooleanValue(r.Context(), "refunds", false, ec); !on {\n\t\treturn\n\t}\n}\n`.replace(
        '"net/http"',
        '(\n"net/http"\n"github.com/open-feature/go-sdk/openfeature"\n)',
      ),
      ['medium ungated-route a.go:8 (covered)'],
    ],
  ])('%s', async (_, after, expected) => {
    expect(await assess({ ...GO, 'a.go': MUX }, { ...GO, 'a.go': after })).toEqual(expected)
  })
})

describe('what the repository has', () => {
  const two = `${EXPRESS.replace("import { unleash } from './flags'\n", '')}${POST}${POST.replaceAll('refunds', 'charges')}`
  test('no flag system: one gentle note', async () => {
    expect(await assess({ 'a.ts': '' }, { 'a.ts': two })).toEqual(['low no-flag-system a.ts:3'])
  })
  test('a policy can insist', async () => {
    const policy = 'version: 1\nextends: recommended\nchecks:\n  feature-flag: { options: { insist: true } }\n'
    expect(await assess({ 'a.ts': '' }, { 'a.ts': two }, policy)).toEqual([
      'medium ungated-route a.ts:3',
      'medium ungated-route a.ts:4',
    ])
  })
  test("a team's own calls count when the policy names them", async () => {
    const own = two.replace('res.json', "if (!rollout.open('refunds')) return\n  res.json")
    const policy = 'version: 1\nextends: recommended\nchecks:\n  feature-flag: { options: { calls: [rollout.open] } }\n'
    expect(await assess({ 'a.ts': '' }, { 'a.ts': own }, policy)).toEqual([
      'medium ungated-route a.ts:3 (covered)',
      'medium ungated-route a.ts:5',
    ])
  })
})
