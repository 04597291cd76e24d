import { run } from 'probot'
import { ConfigError } from './app-config.ts'

/** True where there is no App yet, and someone wants to make one. */
export function wantsSetup({ APP_ID, PUBLIC_URL }: NodeJS.ProcessEnv): boolean {
  return !APP_ID?.trim() && Boolean(PUBLIC_URL?.trim())
}

/**
 * Probot's page that makes the App from `app.yml`, at `/probot`. It writes what GitHub gives into `.env`. Probot takes the
 * address of the webhooks for the root of the server, where nobody listens, unless a proxy is set; it looks when the page
 * is asked for, so the address is set after the start, and no proxy is opened.
 */
export async function startSetup(environment: NodeJS.ProcessEnv): Promise<void> {
  const { PUBLIC_URL = '', WEBHOOK_PATH = '/api/github/webhooks', HOST = '0.0.0.0' } = environment
  if (!URL.canParse(PUBLIC_URL))
    throw new ConfigError(
      'PUBLIC_URL is not a URL. Set it to where GitHub can reach this server: https://airworthy.example.com.',
    )
  Object.assign(environment, { NO_SMEE_SETUP: 'true', NODE_ENV: 'development', HOST })
  await run(() => {})
  environment.WEBHOOK_PROXY_URL = new URL(WEBHOOK_PATH, PUBLIC_URL).href
}
