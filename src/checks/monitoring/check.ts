import * as z from 'zod'
import { compileScope } from '../../change/path-scope.ts'
import { newWaysIn } from '../../facts/behaviour/new-ways-in.ts'
import { defineCheck, type Exposure, type Outcome } from '../define-check.ts'
import { explodingLabels } from './exploding-labels.ts'
import { lostAlerts } from './lost-alerts.ts'
import { lostHealth } from './lost-health.ts'
import { lostInstruments } from './lost-instruments.ts'
import { lostListeners } from './lost-listeners.ts'
import { lostMetrics } from './lost-metrics.ts'
import { lostSignals } from './lost-signals.ts'
import { hasTelemetry, isSeenElsewhere, withOwnSignals } from './practice.ts'
import { silentCalls } from './silent-calls.ts'
import { silentFailures } from './silent-failures.ts'
import { silentWaysIn } from './silent-ways-in.ts'
import { noteOfNoTelemetry } from './wording.ts'

/** What fails without a trace is found by customers, days later. */
export const monitoring = defineCheck({
  id: 'monitoring',
  title: 'New behaviour can be seen to fail',
  question: 'Will we see it fail?',
  needs: ['behaviour', 'code'],
  options: z.strictObject({
    calls: z
      .array(z.string())
      .describe('Dotted names of your own logging, metric and reporting calls, as code calls them: audit.record.'),
    insist: z.boolean().describe('Ask for a signal also where the repository has no monitoring at all.'),
    tools: z
      .array(z.string())
      .describe(
        'Globs of code that runs in front of the person who started it (scripts, command lines): nothing is asked for.',
      ),
  }),
  assess(change, { behaviour: given, code }, options): Outcome {
    if (given.files.length + given.lost.length === 0)
      return { status: 'not-applicable', reason: 'No code that is read was changed' }
    const behaviour = withOwnSignals(given, options.calls)
    const tools = compileScope(options.tools)
    const watched = { ...behaviour, files: behaviour.files.filter(({ file }) => !tools.matches(file.path)) }
    const fresh = newWaysIn(behaviour.files).filter(
      ({ file, entry }) => !tools.matches(file.path) && !isSeenElsewhere(entry),
    )
    const meant = isMeant(change.title)
    const waysIn = silentWaysIn(fresh, behaviour)
    const exposures = [
      ...noted(waysIn, options.insist || hasTelemetry(behaviour), (first, count) =>
        noteOfNoTelemetry(first, count, behaviour),
      ),
      ...silentFailures({ files: code.files.filter(({ file }) => !tools.matches(file.path)) }, watched, meant),
      ...silentCalls(watched, fresh, change),
      ...lostMetrics(watched),
      ...lostSignals(watched, meant),
      ...lostListeners(watched, meant),
      ...lostAlerts(watched),
      ...lostHealth(watched, meant),
      ...lostInstruments(watched, meant),
      ...explodingLabels(watched),
    ]
    return {
      status: 'assessed',
      exposures,
      ...(exposures.length === 0 ? { summary: 'The change adds nothing that could fail unseen' } : {}),
    }
  },
})

/** A revert, or a title that says that something goes: somebody decided that nobody needs it. */
function isMeant(title: string | null): boolean {
  return (
    /^(?:Revert\b|revert[(:!])|\b(?:remov|delet|drop|disabl|silenc|mut(?:e|ing)|suppress|stop|deprecat|retir|sunset)/i.test(
      title ?? '',
    ) || /\b(?:nois[ey]|spam|too many|less|fewer|reduc\w+) /i.test(title ?? '')
  )
}

/** Without any monitoring around it, the uncovered ones become one gentle note. */
function noted(
  exposures: readonly Exposure[],
  isPractised: boolean,
  note: (first: Exposure, count: number) => Exposure,
): readonly Exposure[] {
  const open = exposures.filter((one) => one.evidence.length === 0)
  const [first] = open
  if (isPractised || first === undefined) return exposures
  return [...exposures.filter((one) => one.evidence.length > 0), note(first, open.length)]
}
