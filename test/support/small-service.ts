import type { Files } from './memory-source.ts'

/** A small service in one language, at the steps of one story. */
export interface SmallService {
  readonly language: string
  readonly path: string
  /** With flags and metrics on another endpoint. */
  readonly before: Files
  /** `POST /refunds` is added, and nothing else. */
  readonly bare: Files
  readonly gated: Files
  /** With a metric, a log and a trace. */
  readonly seen: Files
  readonly gatedAndSeen: Files
  /** The endpoint of `bare` in another file. */
  readonly moved: Files
}

function story(
  language: string,
  path: string,
  other: string,
  parts: {
    head: string
    old: string
    bare: string
    gated: string
    seen: string
    both: string
    mount: (endpoint: string) => string
    movedHead: string
  },
): SmallService {
  const file = (endpoint: string): string => `${parts.head}${parts.old}${parts.mount(endpoint)}`
  return {
    language,
    path,
    before: { [path]: file('') },
    bare: { [path]: file(parts.bare) },
    gated: { [path]: file(parts.gated) },
    seen: { [path]: file(parts.seen) },
    gatedAndSeen: { [path]: file(parts.both) },
    moved: { [path]: file(''), [other]: `${parts.movedHead}${parts.mount(parts.bare)}` },
  }
}

const TS_HEAD = `import { trace } from '@opentelemetry/api'
import { Router } from 'express'
import { Counter } from 'prom-client'
import { initialize } from 'unleash-client'
import { logger } from './logger'
import { give, list } from './store'

const orders = new Counter({ name: 'orders_total', help: 'Orders' })
const refunds = new Counter({ name: 'refunds_total', help: 'Refunds' })
const unleash = initialize({ url: 'http://flags', appName: 'shop' })
export const router = Router()
`
const TS_GATE = `  if (!unleash.isEnabled('refunds')) return res.sendStatus(404)\n`
const TS_SEEN = `  refunds.inc()
  logger.info({ id: req.params.id }, 'refund asked')
  await trace.getTracer('shop').startActiveSpan('refund', async (span) => span.end())
`
const ts = (body: string): string => `
router.post('/refunds/:id', async (req, res) => {
${body}  res.json(await give(req.params.id))
})
`
const typescript = story('TypeScript', 'src/orders.ts', 'src/refunds.ts', {
  head: TS_HEAD,
  old: `
router.get('/orders', async (req, res) => {
  orders.inc()
  if (!unleash.isEnabled('orders')) return res.sendStatus(404)
  res.json(await list())
})
`,
  bare: ts(''),
  gated: ts(TS_GATE),
  seen: ts(TS_SEEN),
  both: ts(TS_GATE + TS_SEEN),
  mount: (endpoint) => endpoint,
  movedHead: TS_HEAD,
})

const PY_HEAD = `import logging

from fastapi import APIRouter, HTTPException
from opentelemetry import trace
from prometheus_client import Counter
from UnleashClient import UnleashClient

from shop.store import give, list_orders

logger = logging.getLogger(__name__)
tracer = trace.get_tracer(__name__)
orders = Counter("orders", "Orders")
refunds = Counter("refunds", "Refunds")
unleash = UnleashClient("http://flags", "shop")
router = APIRouter()
`
const PY_GATE = `    if not unleash.is_enabled("refunds"):
        raise HTTPException(status_code=404)
`
const PY_SEEN = `    refunds.inc()
    logger.info("refund asked")
    with tracer.start_as_current_span("refund"):
        pass
`
const py = (body: string): string => `

@router.post("/refunds/{order_id}")
async def refund(order_id: str):
${body}    return await give(order_id)
`
const python = story('Python', 'shop/orders.py', 'shop/refunds.py', {
  head: PY_HEAD,
  old: `

@router.get("/orders")
async def orders_of():
    orders.inc()
    if not unleash.is_enabled("orders"):
        raise HTTPException(status_code=404)
    return await list_orders()
`,
  bare: py(''),
  gated: py(PY_GATE),
  seen: py(PY_SEEN),
  both: py(PY_GATE + PY_SEEN),
  mount: (endpoint) => endpoint,
  movedHead: PY_HEAD,
})

const GO_HEAD = `package shop

import (
	"log/slog"
	"net/http"

	"github.com/Unleash/unleash-client-go/v4"
	"github.com/go-chi/chi/v5"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel"
)

var ordersTotal = prometheus.NewCounter(prometheus.CounterOpts{Name: "orders_total"})
var refundsTotal = prometheus.NewCounter(prometheus.CounterOpts{Name: "refunds_total"})
var tracer = otel.Tracer("shop")
`
const GO_GATE = `		if !unleash.IsEnabled("refunds") {
			http.NotFound(w, r)
			return
		}
`
const GO_SEEN = `		refundsTotal.Inc()
		slog.Info("refund asked")
		_, span := tracer.Start(r.Context(), "refund")
		defer span.End()
`
const goEndpoint = (body: string): string => `	r.Post("/refunds/{id}", func(w http.ResponseWriter, r *http.Request) {
${body}		give(w, r)
	})
`
const go = story('Go', 'shop/orders.go', 'shop/refunds.go', {
  head: GO_HEAD,
  old: `
func Orders(r chi.Router) {
	r.Get("/orders", func(w http.ResponseWriter, r *http.Request) {
		ordersTotal.Inc()
		if !unleash.IsEnabled("orders") {
			http.NotFound(w, r)
			return
		}
		list(w, r)
	})
}
`,
  bare: goEndpoint(''),
  gated: goEndpoint(GO_GATE),
  seen: goEndpoint(GO_SEEN),
  both: goEndpoint(GO_GATE + GO_SEEN),
  mount: (endpoint) => `\nfunc Refunds(r chi.Router) {\n${endpoint}}\n`,
  movedHead: GO_HEAD,
})

export const smallServices: readonly SmallService[] = [typescript, python, go]
