import { readFileSync } from 'node:fs'
import * as z from 'zod'

const text = z.string().trim().min(1)
const seconds = (fallback: number) => z.coerce.number().min(1).max(86_400).default(fallback)

const Environment = z.object({
  APP_ID: z.coerce.number('APP_ID must be the number of the GitHub App').int().positive(),
  PRIVATE_KEY: text.optional(),
  PRIVATE_KEY_PATH: text.optional(),
  WEBHOOK_SECRET: text,
  HOST: text.default('0.0.0.0'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  WEBHOOK_PATH: text.startsWith('/').default('/api/github/webhooks'),
  GHE_HOST: text.optional(),
  GITHUB_API_URL: z.url().optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  CONCURRENCY: z.coerce.number().int().min(0).max(64).default(4),
  RECONCILE_SECONDS: seconds(1800),
  SHUTDOWN_SECONDS: seconds(25),
  RETRY_MS: z.coerce.number().int().min(1).max(60_000).default(1000),
  THROTTLE: z.enum(['on', 'off']).default('on'),
  REDIS_URL: text.optional(),
  LOCK_SECONDS: seconds(30),
})

export interface AppConfig {
  readonly appId: number
  readonly privateKey: string
  readonly webhookSecret: string
  readonly host: string
  readonly port: number
  readonly webhookPath: string
  readonly apiUrl: string
  readonly webUrl: string
  readonly logLevel: string
  readonly concurrency: number
  readonly reconcileMs: number
  readonly shutdownMs: number
  /** Milliseconds that the waits between tries are built on. */
  readonly retryMs: number
  /** Keeps GitHub's distance between writes; a server of one's own may have no limits. */
  readonly throttle: boolean
  readonly redisUrl: string | null
  /** After so long without a sign of life, a worker's job goes to another. */
  readonly lockMs: number
}

/** The start cannot go on: the message is for the one who started us. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const HELP: Readonly<Record<string, string>> = {
  APP_ID: 'Set it to the App ID from the settings page of your GitHub App.',
  WEBHOOK_SECRET: 'Without it anyone could send webhooks. Set it to the secret in the settings of your GitHub App.',
}

/** Reads the environment. Throws ConfigError that names every variable that is missing or wrong. */
export function readAppConfig(environment: NodeJS.ProcessEnv): AppConfig {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const parsed = Environment.safeParse(filled)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0])
      const says = filled[name] === undefined ? 'is not set' : message
      return `${name} ${says}. ${HELP[name] ?? ''}`.trim()
    })
    throw new ConfigError(lines.join('\n'))
  }
  const env = parsed.data
  if (env.CONCURRENCY === 0 && !env.REDIS_URL)
    throw new ConfigError('CONCURRENCY is 0, and without REDIS_URL nobody else does the work. Set it to 1 or more.')
  const gheApi = env.GHE_HOST ? `https://${env.GHE_HOST}/api/v3` : 'https://api.github.com'
  return {
    appId: env.APP_ID,
    privateKey: privateKeyOf(env),
    webhookSecret: env.WEBHOOK_SECRET,
    host: env.HOST,
    port: env.PORT,
    webhookPath: env.WEBHOOK_PATH,
    apiUrl: env.GITHUB_API_URL ?? gheApi,
    webUrl: `https://${env.GHE_HOST ?? 'github.com'}`,
    logLevel: env.LOG_LEVEL,
    concurrency: env.CONCURRENCY,
    reconcileMs: env.RECONCILE_SECONDS * 1000,
    shutdownMs: env.SHUTDOWN_SECONDS * 1000,
    retryMs: env.RETRY_MS,
    throttle: env.THROTTLE === 'on',
    redisUrl: env.REDIS_URL ?? null,
    lockMs: env.LOCK_SECONDS * 1000,
  }
}

/** As it is, with `\n` for line ends as many panels store it, or in Base64; or from a file. */
function privateKeyOf({ PRIVATE_KEY, PRIVATE_KEY_PATH }: z.infer<typeof Environment>): string {
  const given = PRIVATE_KEY ?? (PRIVATE_KEY_PATH && readKeyFile(PRIVATE_KEY_PATH))
  if (!given)
    throw new ConfigError(
      'PRIVATE_KEY is not set. Set it, or PRIVATE_KEY_PATH, to the key that GitHub gave you for the App.',
    )
  const plain = given.includes('-----BEGIN') ? given : Buffer.from(given, 'base64').toString('utf8')
  const key = plain.replaceAll('\\n', '\n')
  if (!key.includes('PRIVATE KEY-----'))
    throw new ConfigError('PRIVATE_KEY is not a PEM key. It begins with "-----BEGIN".')
  return key
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new ConfigError(`PRIVATE_KEY_PATH cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}
