import type { CodeFacts } from '../code/code-facts.ts'
import { type Argument, type CallSite, encloses, type Value } from '../code/code-shape.ts'
import type { Behaviour, BehaviourOfFile, EntryPoint } from './behaviour-facts.ts'
import { lastPart } from './name-match.ts'

/** A place of the change where a router is handed on, or a function that registers ways in is called. */
export interface Mount {
  readonly path: string
  readonly behaviour: Behaviour
  readonly site: CallSite
  /** Path in front of what it mounts: '' when it gives none. */
  readonly prefix: string
}

/** Where the changed files mount what serves this way in, on one side. Files that the change leaves alone are not known. */
export function mountsOf(
  path: string,
  entry: EntryPoint,
  files: readonly BehaviourOfFile[],
  side: 'base' | 'head',
): readonly Mount[] {
  const { through } = entry
  if (through === null) return []
  const asked = known.get(files) ?? new Map<string, readonly Mount[]>()
  known.set(files, asked)
  const key = `${side} ${path} ${through}`
  const mounts = asked.get(key) ?? searched(path, through, files, side)
  asked.set(key, mounts)
  // What registers it is no mount of itself.
  return mounts.filter((mount) => mount.path !== path || !encloses(mount.site.span, entry.span))
}

/** The ways in of one router ask the same question. */
const known = new WeakMap<readonly BehaviourOfFile[], Map<string, readonly Mount[]>>()

function searched(
  path: string,
  through: string,
  files: readonly BehaviourOfFile[],
  side: 'base' | 'head',
): readonly Mount[] {
  return files.flatMap((one) => {
    const behaviour = one[side]
    if (behaviour === null || behaviour.code === null) return []
    const own = (side === 'head' ? one.file.path : one.file.base?.path) ?? one.file.path
    const names = own === path ? [through] : namesFor(through, path, behaviour.code)
    if (names.length === 0) return []
    return behaviour.code.shape.calls
      .filter((site) => site.form === 'call' && handsOn(site, names))
      .map((site) => ({ path: own, behaviour, site, prefix: prefixOf(site.args) }))
  })
}

/** What another file calls it: the same name where it imports the module, or whatever name it gave the import. */
function namesFor(through: string, path: string, { language, imports }: CodeFacts): readonly string[] {
  if (language === 'go') return [through]
  const of = imports.filter(({ module, names }) => isModule(module, path) || names.includes(stemOf(path)))
  return of.length === 0 ? [] : [through, stemOf(path), ...of.flatMap(({ names }) => names)]
}

/** True when any changed file imports the module, whatever for. */
export function isImported(path: string, files: readonly BehaviourOfFile[]): boolean {
  return files.some(
    ({ file, head }) =>
      file.path !== path &&
      head?.code?.imports.some(({ module, names }) => isModule(module, path) || names.includes(stemOf(path))) === true,
  )
}

/** `./refunds`, `@/routes/refunds.ts`, `shop.refunds` for `shop/refunds.py`; a folder stands for its index. */
function isModule(module: string, path: string): boolean {
  const last = module
    .replace(/\.[mc]?[jt]sx?$/, '')
    .split(/[/.]/)
    .at(-1)
  return last === stemOf(path)
}

function stemOf(path: string): string {
  const parts = path.replace(/\.\w+$/, '').split('/')
  const last = parts.pop() ?? ''
  return /^(?:index|__init__)$/.test(last) ? (parts.pop() ?? last) : last
}

function handsOn({ callee, args }: CallSite, names: readonly string[]): boolean {
  return names.includes(lastPart(callee)) || args.some(({ value }) => isNamed(value, names))
}

function isNamed(value: Value, names: readonly string[]): boolean {
  if (value.is === 'call') return names.includes(lastPart(value.callee))
  if (value.is === 'list') return value.items.some((item) => isNamed(item, names))
  return value.is === 'name' && (names.includes(value.name) || names.includes(value.name.split('.')[0] ?? ''))
}

/** `use('/api', router)`, `include_router(router, prefix='/api')`, `register(routes, { prefix: '/api' })`. */
function prefixOf(args: readonly Argument[]): string {
  for (const { key, value } of args) {
    if (value.is === 'text' && (key === null ? value.text.startsWith('/') : /^(?:url_)?prefix$/.test(key)))
      return value.text.replace(/\/$/, '')
    if (value.is === 'record') {
      const inner = prefixOf(value.entries.filter((entry) => entry.key !== null))
      if (inner !== '') return inner
    }
  }
  return ''
}
