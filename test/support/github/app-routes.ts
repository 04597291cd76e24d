import type { RestAnswer, RestContext } from './rest.ts'

/** A delivery as GitHub lists it. */
export interface DeliveryState {
  readonly id: number
  readonly guid: string
  readonly delivered_at: string
  readonly status_code: number
}

export const INSTALLATION = 9001
const APP_SLUG = 'airworthy'

/** What only the App itself asks, with its signed token. Null for any other route. */
export function answerAppRoute({ state, request }: RestContext, botToken: string): RestAnswer | null {
  const route = `${request.method} ${request.path}`
  if (route === 'GET /app') return { status: 200, body: { slug: APP_SLUG } }
  if (route === 'GET /app/installations') return { status: 200, body: [{ id: INSTALLATION, suspended_at: null }] }
  if (route === 'GET /app/hook/deliveries') return { status: 200, body: state.deliveries }
  if (route === `POST /app/installations/${INSTALLATION}/access_tokens`) {
    const expires_at = new Date(Date.now() + 3_600_000).toISOString()
    return {
      status: 201,
      body: { token: botToken, expires_at, permissions: { checks: 'write' }, repository_selection: 'all' },
    }
  }
  const redelivery = /^POST \/app\/hook\/deliveries\/(\d+)\/attempts$/.exec(route)
  if (redelivery) {
    state.redelivered.push(Number(redelivery[1]))
    return { status: 202, body: {} }
  }
  return null
}
