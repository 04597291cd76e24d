import type { Behaviour, BehaviourOfChange, EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import { signalsOf } from '../../facts/behaviour/signals.ts'

/** The same facts with what the team's own calls show. */
export function withOwnSignals(behaviour: BehaviourOfChange, calls: readonly string[]): BehaviourOfChange {
  if (calls.length === 0) return behaviour
  const again = (one: Behaviour | null): Behaviour | null =>
    one === null || one.code === null ? one : { ...one, signals: signalsOf(one.code, behaviour.catalog, calls) }
  const files = behaviour.files.map((one) => ({ ...one, base: again(one.base), head: again(one.head) }))
  return { ...behaviour, files }
}

/** Something installed that watches, or more than log lines in the files of the change, before or after. */
export function hasTelemetry({ files, practice }: BehaviourOfChange): boolean {
  if (practice.telemetry.length > 0) return true
  return files.some(({ base, head }) =>
    [base, head].some((one) => one?.signals.some(({ kind }) => kind !== 'log') ?? false),
  )
}

const WATCHED =
  /\b(?:health|healthz|livez|readyz|ready|liveness|readiness|ping|metrics|version|favicon|robots|sitemap|docs|openapi|swagger|debug|pprof)\b/i

/** A health endpoint is a signal itself; a command or a page fails in front of somebody. */
export function isSeenElsewhere(entry: EntryPoint): boolean {
  return entry.kind === 'command' || entry.kind === 'page' || WATCHED.test(entry.identity)
}

const BROWSER_MODULE =
  /^(?:react|react-dom|vue|svelte|preact|solid-js|@angular\/core|@tanstack\/react-query|pinia|vuex|jquery)(?:\/|$)/
const BROWSER_CALL = /^(?:document|window|navigator|localStorage|sessionStorage)\./

/** Code that runs in a browser: what fails there reaches no log of the service. */
export function runsInBrowser(path: string, behaviour: Behaviour): boolean {
  if (/\.(?:tsx|jsx|vue|svelte)$/.test(path)) return true
  if (/(?:^|\/)(?:frontend|front-end|web-?ui|ui|browser)\/(?:.*\/)?[^/]*\.[mc]?[jt]s$/.test(path)) return true
  const modules = behaviour.code?.imports.map((one) => one.module) ?? []
  if (modules.some((module) => BROWSER_MODULE.test(module))) return true
  return behaviour.code?.shape.calls.some(({ callee }) => BROWSER_CALL.test(callee)) ?? false
}

const TESTING = /^(?:testing|github\.com\/stretchr\/testify.*|pytest|unittest.*|vitest|jest|@jest\/globals|chai|sinon)$/

/** A helper of tests that lies among the source. */
export function isTestHelper({ code }: Behaviour): boolean {
  return code?.imports.some(({ module }) => TESTING.test(module)) ?? false
}

const COMMAND_LINE =
  /^(?:flag|argparse|click|typer|fire|commander|yargs|cac|minimist|github\.com\/(?:spf13\/cobra|urfave\/cli.*))$/

/** A program that somebody started by hand reads its arguments: what hangs there hangs in front of them. */
export function isCommandLine({ code }: Behaviour): boolean {
  return code?.imports.some(({ module }) => COMMAND_LINE.test(module)) ?? false
}
