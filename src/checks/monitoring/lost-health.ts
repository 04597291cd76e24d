import { createHash } from 'node:crypto'
import type { Behaviour, BehaviourOfChange } from '../../facts/behaviour/behaviour-facts.ts'
import { keyOf } from '../../facts/behaviour/new-ways-in.ts'
import type { Exposure } from '../define-check.ts'
import { shorten } from './wording.ts'

/** The whole of a short path: `GET /healthz`, `GET /api/ready`. A page of metrics below something else is for people. */
const HEALTH =
  /^(?:GET|HEAD|ALL|URL) \^?\/?(?:(?:api|internal|_|-|v\d|status)\/)*(?:health|healthz|health[-_]?check|livez|live|readyz|ready|liveness|readiness|ping|metrics|heartbeat|__heartbeat__|__lbheartbeat__)\/?\$?$/i

/** A health or metrics endpoint that is gone: probes and scrapers get 404. `isMeant`: the title says that it goes. */
export function lostHealth({ files }: BehaviourOfChange, isMeant: boolean): readonly Exposure[] {
  const still = new Set(files.flatMap(({ head }) => (head?.entryPoints ?? []).map(keyOf)))
  return files.flatMap(({ file, base, head }) =>
    (base?.entryPoints ?? [])
      // A description of the service may be split or generated anew while the service answers as before.
      .filter(
        (entry) =>
          entry.kind === 'route' && base?.code !== null && HEALTH.test(entry.identity) && !still.has(keyOf(entry)),
      )
      .map((entry) => ({
        kind: 'health-check-removed',
        // A service that goes takes its probes along; a new module may well bring them.
        severity:
          isMeant || head === null || importsMore(base, head) || (/metrics/i.test(entry.identity) && isTracedNow(files))
            ? ('low' as const)
            : ('medium' as const),
        at: {
          path: file.base?.path ?? file.path,
          startLine: entry.span.startLine,
          endLine: entry.span.endLine,
          side: 'base' as const,
        },
        says: `\`${shorten(entry.identity)}\` is gone: probes, load balancers and scrapers that ask it get an error`,
        remedy: 'Keep it until nothing asks it any more, and change the probes in the same change',
        evidence: [],
        within: entry.handler ?? '',
        anchor: createHash('sha256').update(entry.identity).digest('hex').slice(0, 16),
      })),
  )
}

/** Numbers that were asked for are sent now. */
function isTracedNow(files: BehaviourOfChange['files']): boolean {
  const modules = (side: 'base' | 'head'): readonly string[] =>
    files.flatMap((one) => one[side]?.code?.imports.map(({ module }) => module) ?? [])
  const old = new Set(modules('base'))
  return modules('head').some((module) => !old.has(module) && /opentelemetry/.test(module))
}

function importsMore(base: Behaviour | null, head: Behaviour | null): boolean {
  const old = new Set(base?.code?.imports.map((one) => one.module))
  return head?.code?.imports.some((one) => !old.has(one.module)) ?? false
}
