import * as z from 'zod'
import type { Change } from '../../change/change.ts'
import { compileScope } from '../../change/path-scope.ts'
import type { BehaviourOfChange } from '../../facts/behaviour/behaviour-facts.ts'
import { isContractPath } from '../../facts/behaviour/contracts.ts'
import { newWaysIn } from '../../facts/behaviour/new-ways-in.ts'
import { defineCheck, type Exposure, type Outcome } from '../define-check.ts'
import { flagHygiene } from './flag-hygiene.ts'
import { newBranches } from './new-branches.ts'
import { hasFlagPractice, isExempt, withOwnFlags } from './practice.ts'
import { ungatedWaysIn } from './ungated.ts'
import { noteOfNoFlags } from './wording.ts'

/** A release that can be switched off is undone in seconds; one that must be deployed back takes an hour at the worst time. */
export const featureFlag = defineCheck({
  id: 'feature-flag',
  title: 'New behaviour can be switched off',
  question: 'Can new behaviour be switched off?',
  needs: ['behaviour'],
  options: z.strictObject({
    calls: z.array(z.string()).describe('Dotted names of your own flag checks, as code calls them: flags.isOn.'),
    insist: z.boolean().describe('Ask for a gate also where the repository has no flag system at all.'),
    tools: z
      .array(z.string())
      .describe(
        'Globs of code that only its own team runs (scripts, command lines, admin pages): no gate is asked for.',
      ),
  }),
  assess(change, { behaviour: given }, options): Outcome {
    if (given.files.length === 0) return { status: 'not-applicable', reason: 'No code that is read was changed' }
    const behaviour = withOwnFlags(given, options.calls)
    const exposures = [
      ...exposuresOfWaysIn(behaviour, options, change),
      ...exposuresOfBranches(behaviour, options, change.title),
      ...flagHygiene(behaviour, change.title ?? ''),
    ]
    return {
      status: 'assessed',
      exposures,
      ...(exposures.length === 0 ? { summary: 'The change adds no way in that everybody reaches at once' } : {}),
    }
  },
})

/** What a revert brings back has been out before. */
function isRevert(title: string | null): boolean {
  return /^(?:Revert\b|revert[(:!])/.test(title ?? '')
}

/** The same work in another place: a way in that comes with it is a seam, and no feature. */
function isRearranged(title: string | null): boolean {
  return /^(?:\P{L}*♻|[^\p{L}[]*(?:\[[^\]]*\]\s*)?(?:\w+(?:\([^)]*\))?!?: ?)?(?:refactor|refact|move|rearrange|reorgani[sz]e|restructure|rename|replace|migrate|extract|split|port|upgrade|bump|rewrite|removed|removes|removal|clean(?: ?up)?|deprecate)\b)/iu.test(
    title ?? '',
  )
}

/** A fix corrects what is there, whatever it calls. */
function isFix(title: string | null): boolean {
  return /\b(?:fix(?:es|ed)?|bug|bugfix|hotfix|perf|regression|typo)\b/i.test(title ?? '')
}

function exposuresOfBranches(
  behaviour: BehaviourOfChange,
  options: { readonly insist: boolean; readonly tools: readonly string[] },
  title: string | null,
): readonly Exposure[] {
  if (isRevert(title) || isRearranged(title) || isFix(title)) return []
  if (!options.insist && !hasFlagPractice(behaviour)) return []
  const tools = compileScope(options.tools)
  return newBranches(behaviour).filter(({ at }) => !tools.matches(at.path))
}

function exposuresOfWaysIn(
  behaviour: BehaviourOfChange,
  options: { readonly insist: boolean; readonly tools: readonly string[] },
  change: Change,
): readonly Exposure[] {
  const { title, files } = change
  const tools = compileScope(options.tools)
  const fresh = newWaysIn(behaviour.files).filter(({ file, entry }) => !isExempt(entry) && !tools.matches(file.path))
  const read = new Set(behaviour.files.filter(({ head }) => head?.code !== null).map(({ file }) => file.path))
  const hasOtherCode = files.some(({ path, role }) => role === 'source' && !read.has(path) && !isContractPath(path))
  const found = ungatedWaysIn(isRevert(title) ? [] : fresh, behaviour, { change, hasOtherCode })
  const exposures = isRearranged(title) ? found.map((one) => ({ ...one, severity: 'low' as const })) : found
  const open = exposures.filter((one) => one.evidence.length === 0)
  if (options.insist || open.length === 0 || hasFlagPractice(behaviour)) return exposures
  const first = open.find(({ kind, severity }) => kind === 'ungated-schedule' && severity !== 'low') ?? open[0]
  if (first === undefined) return exposures
  // What takes something from customers by itself wants a switch in any team; the rest is one gentle note.
  const isUrgent = first.kind === 'ungated-schedule' && first.severity !== 'low'
  const note = isUrgent ? first : noteOfNoFlags(first, open.length, behaviour)
  return [...exposures.filter((one) => one.evidence.length > 0), note]
}
