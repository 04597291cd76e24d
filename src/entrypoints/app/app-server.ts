import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean> | boolean

export interface AppServerOptions {
  /** Answers true when the request was its own. */
  readonly webhooks: Handler
  readonly webhookPath: string
  /** True when work can be taken. */
  readonly ready: () => boolean
  readonly metrics: { readonly render: () => Promise<string>; readonly contentType: string }
  readonly failed: (error: unknown) => void
}

/** GitHub sends no larger payload. Bytes. */
const MOST_BYTES = 25 * 1024 * 1024

/** `/healthz`, `/readyz`, `/metrics` and the webhooks; nothing else. */
export function createAppServer(options: AppServerOptions): Server {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error) => {
      options.failed(error)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  // A sender that never ends its request must not hold a socket.
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  return server
}

async function answer(options: AppServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  if (path === options.webhookPath) {
    if (isTooLarge(request)) return send(response, 413, 'larger than any webhook of GitHub')
    if (await options.webhooks(request, response)) return
  }
  if (request.method === 'GET' && path === '/healthz') return send(response, 200, 'ok')
  if (request.method === 'GET' && path === '/readyz')
    return options.ready() ? send(response, 200, 'ready') : send(response, 503, 'not ready')
  if (request.method === 'GET' && path === '/metrics')
    return send(response, 200, await options.metrics.render(), options.metrics.contentType)
  send(response, 404, 'nothing here')
}

/** A body without a length could be endless, and would be read whole before its signature is looked at. */
function isTooLarge({ method, headers }: IncomingMessage): boolean {
  return method === 'POST' && !(Number(headers['content-length'] ?? Number.NaN) <= MOST_BYTES)
}

function send(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'x-content-type-options': 'nosniff' }).end(body)
}
