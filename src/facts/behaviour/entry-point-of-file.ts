import { compileScope, type PathScope } from '../../change/path-scope.ts'
import type { CodeShape } from '../code/code-shape.ts'
import type { EntryPointRule } from './catalog.ts'
import { writesBy } from './entry-point-of-call.ts'
import type { WayIn } from './entry-points.ts'
import { lastPart } from './name-match.ts'

type FileRule = Extract<EntryPointRule['rules'][number], { form: 'file' }>
type ClassRule = Extract<EntryPointRule['rules'][number], { form: 'class' }>

const scopes = new Map<string, PathScope>()

/** Policies may add lists of their own, and one process serves many policies. */
const MOST_SCOPES = 500

/** The catalog's globs are few and stay the same: each list is compiled once. */
function scopeOf(globs: readonly string[]): PathScope {
  const key = globs.join('\n')
  const known = scopes.get(key) ?? compileScope(globs)
  if (scopes.size >= MOST_SCOPES) scopes.clear()
  scopes.set(key, known)
  return known
}

/** A file that the framework finds by its path: `app/refunds/route.ts` with `export function POST`. */
export function ofFile(rule: FileRule, shape: CodeShape, path: string): readonly WayIn[] {
  if (!scopeOf(rule.paths).matches(path)) return []
  return shape.exports
    .filter((one) => rule.exports.includes(one.name))
    .map((one) => {
      const verb = rule.verb === 'export' ? one.name : rule.exports.includes('default') ? '' : one.name
      return {
        identity: [verb, routeOfPath(path)].filter((part) => part !== '').join(' '),
        writes: rule.writes ?? writesBy(rule.verb === 'export' ? verb : '', ''),
        span: one.span,
        handler: one.name,
        body: one.span,
        wrappers: [],
        through: null,
      }
    })
}

/** `apps/web/app/(dash)/refunds/[id]/route.ts` → `/refunds/[id]`. */
function routeOfPath(path: string): string {
  const below = /(?:^|\/)(?:app|pages|routes)\/(.*)$/.exec(path)?.[1] ?? path
  const parts = below.replace(/\.\w+$/, '').split('/')
  const kept = parts.filter((part) => !/^\(.*\)$|^(?:route|page|index|\+server)$/.test(part))
  return `/${kept.join('/')}`
}

/** A class that the framework finds by its base. */
export function ofClass(rule: ClassRule, shape: CodeShape, path: string): readonly WayIn[] {
  return shape.classes
    .filter((one) => one.bases.some((base) => rule.bases.includes(lastPart(base))))
    .map((one) => ({
      identity: `${rule.prefix} ${one.name === 'Command' ? stemOf(path) : one.name}`,
      writes: rule.writes ?? true,
      span: one.span,
      handler: one.name,
      body: one.span,
      wrappers: [],
      through: null,
    }))
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
}
