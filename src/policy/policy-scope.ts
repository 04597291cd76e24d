import { compileScope } from '../change/path-scope.ts'
import type { CheckId } from '../checks/index.ts'
import type { Level, Policy } from './policy.ts'

/** The policy's answers for a path from the root of the repository. */
export interface PolicyScope {
  /** The file is not reviewed at all. */
  isIgnored(path: string): boolean
  /** The last override that matches the path and names the check, else the check's own level. */
  levelAt(checkId: CheckId, path: string): Level
  /** False when the check is off everywhere, so that it need not run. */
  isOn(checkId: CheckId): boolean
  /** The largest factor of the journeys whose code this is; 1 outside them. */
  factorAt(path: string): number
  /** The name of the journey that `factorAt` takes; the first of equals; null outside them. */
  journeyAt(path: string): string | null
}

/** Compiles every glob of the policy once. A policy that was resolved has only valid globs. */
export function createPolicyScope(policy: Policy): PolicyScope {
  const ignored = compileScope(policy.ignore)
  const overrides = policy.overrides.map((override) => ({ ...override, scope: compileScope(override.paths) })).reverse()
  const journeys = policy.critical
    .map((journey) => ({ ...journey, scope: compileScope(journey.paths) }))
    .sort((left, right) => right.factor - left.factor)
  const journeyOf = (path: string) => journeys.find((journey) => journey.scope.matches(path))

  return {
    isIgnored: (path) => ignored.matches(path),
    levelAt(checkId, path) {
      const override = overrides.find(({ checks, scope }) => checks[checkId] !== undefined && scope.matches(path))
      return override?.checks[checkId] ?? policy.checks[checkId].level
    },
    isOn: (checkId) =>
      policy.checks[checkId].level !== 'off' ||
      overrides.some(({ checks }) => checks[checkId] !== undefined && checks[checkId] !== 'off'),
    factorAt: (path) => journeyOf(path)?.factor ?? 1,
    journeyAt: (path) => journeyOf(path)?.name ?? null,
  }
}
