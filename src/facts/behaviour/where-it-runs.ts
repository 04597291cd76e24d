import type { Tree } from '../../change/change.ts'
import type { Argument } from '../code/code-shape.ts'
import type { Behaviour } from './behaviour-facts.ts'

const BROWSER_MODULE =
  /^(?:react|react-dom|vue|svelte|preact|solid-js|@angular\/core|@tanstack\/react-query|pinia|vuex|jquery|react-native[\w-]*|expo(?:-[\w-]+)?|@react-native[\w-]*|@capacitor)(?:\/|$)/
const BROWSER_CALL = /^(?:document|window|navigator|localStorage|sessionStorage)\./

/** Code that runs in a browser or on a phone: what fails there reaches no log of the service. */
export function runsInBrowser(path: string, behaviour: Behaviour): boolean {
  if (/\.(?:tsx|jsx|vue|svelte)$/.test(path)) return true
  if (/(?:^|\/)(?:frontend|front-end|web-?ui|ui|browser|mobile|ios|android)\/(?:.*\/)?[^/]*\.[mc]?[jt]s$/.test(path))
    return true
  const modules = behaviour.code?.imports.map((one) => one.module) ?? []
  if (modules.some((module) => BROWSER_MODULE.test(module))) return true
  return behaviour.code?.shape.calls.some(({ callee, args }) => BROWSER_CALL.test(callee) || hasCookies(args)) ?? false
}

/** A package of an application in the browser: it has components of Vue or Svelte, and this file is no server's. */
export function isOfBrowserPackage(path: string, tree: Tree | null): boolean {
  if (tree === null || !/\.[mc]?[jt]s$/.test(path) || SERVED.test(path)) return false
  const folders = path.split('/').slice(0, -1)
  while (folders.length > 0 && !tree.entries.has(`${folders.join('/')}/package.json`)) folders.pop()
  const prefix = folders.length === 0 ? '' : `${folders.join('/')}/`
  for (const name of tree.entries.keys())
    if (/\.(?:vue|svelte)$/.test(name) && name.startsWith(prefix)) return folders.length > 0
  return false
}

const SERVED = /(?:^|\/)(?:server|api|backend|functions|workers?|jobs?)\/|\+server\.|\.server\./

/** Cookies of the person who looks at the page go along: only a browser has them. */
function hasCookies(args: readonly Argument[]): boolean {
  return args.some(({ value }) => value.is === 'record' && value.entries.some(({ key }) => key === 'withCredentials'))
}

const TESTING =
  /^(?:testing|github\.com\/stretchr\/testify.*|pytest|unittest.*|vitest|jest|@jest\/globals|chai|sinon|github\.com\/(?:ory\/dockertest|testcontainers\/).*)$/

/** A helper of tests that lies among the source. */
export function isTestHelper({ code }: Behaviour): boolean {
  return code?.imports.some(({ module }) => TESTING.test(module)) ?? false
}

const COMMAND_LINE =
  /^(?:flag|argparse|click|typer|fire|commander|yargs|cac|minimist|github\.com\/(?:spf13\/cobra|urfave\/cli.*))$/

/** A program that somebody started by hand reads its arguments, or asks whether it is the main one: what hangs there hangs in front of them. */
export function isCommandLine({ code }: Behaviour): boolean {
  if (code === null) return false
  return (
    code.imports.some(({ module }) => COMMAND_LINE.test(module)) ||
    code.shape.branches.some(({ condition }) => condition.op === 'equals' && condition.to === '__main__')
  )
}
