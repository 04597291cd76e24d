import { wordsOf } from '../../facts/config/words.ts'

/** Set by the platform, or known to the runtime or an SDK with a default of its own. */
export const PROVIDED =
  /^(?:NODE_ENV|PATH|HOME|USER|SHELL|PWD|HOSTNAME|TZ|LANG|TERM|CI|PORT|HOST|DEBUG|PUBLIC_URL|EDITOR|PAGER|DYNO|JAVA_HOME|NO_COLOR|FORCE_COLOR|COLUMNS|RUST_LOG|RUST_BACKTRACE|WEB_CONCURRENCY|(?:LC|TMP|TEMP|XDG|GITHUB|RUNNER|CI|BUILDKITE|CIRCLE|VERCEL|NETLIFY|RENDER|FLY|RAILWAY|HEROKU|VCAP|K|AWS|GCP|GOOGLE|AZURE|WEBSITE|KUBERNETES|OTEL|DD|SENTRY|NEW_RELIC|PG|SPRING|ASPNETCORE|DOTNET|RAILS|RACK|NODE|NPM|NAIS|MASKINPORTEN|IDPORTEN|TOKEN_X|ELECTOR|WDS|APPLICATION_?INSIGHTS|UV|PYTHON|GUNICORN|UVICORN|GO|CGO|CARGO|REMOTE|REQUEST|HTTP|SERVER|QUERY|SCRIPT|DOCUMENT|VITEST|JEST|PLAYWRIGHT|NEXT_RUNTIME|NEXT_PHASE)_?\w*|\w+_PROXY|npm_\w+)$/i
/** Code that people run by hand or that runs at build time: it stops before anything is deployed. */
const TOOLING =
  /(?:^|\/)(?:scripts?|tools?|hack|bin|ci|examples?|samples?|demo|docs?|bench|benchmarks?|[\w-]*(?:e2e|end-to-end)[\w-]*|cypress|playwright|tests?|spec|testing|dev|build|terraform|pipelines?|ansible|\.github|\.storybook)\/|(?:^|\/)[\w.-]*\.(?:config|setup|stories)\.[cm]?[jt]sx?$|(?:^|[/_.-])(?:tests?|spec|mocks?|fixtures?|conftest)(?:[_.-]|$)/i

/** Code that people run by hand, or that builds, tests or shows. */
export function isTooling(path: string): boolean {
  return TOOLING.test(path)
}

const ADDRESS = /(?:^| )(?:url|uri|host|hostname|endpoint|database|broker|brokers|bucket)(?: |$)/
/** A size or a name that goes with an address. */
const BESIDE_ADDRESS =
  /(?:^| )(?:timeout|timeouts|seconds|ms|response|deadline|retry|retries|size|limit|ttl|enabled|version|region|type|prefix)(?: |$)/
const SIDE_SHOW =
  /(?:^| )(?:sentry|posthog|analytics|intercom|telemetry|otel|otlp|webhook|proxy|cdn|docs|support|status|feedback|banner|debug)(?: |$)/

/** The variable holds where something that matters is found. */
export function isAddress(name: string): boolean {
  const words = wordsOf(name).join(' ')
  return ADDRESS.test(words) && !BESIDE_ADDRESS.test(words) && !SIDE_SHOW.test(words)
}
