import { createHash } from 'node:crypto'
import type { BehaviourOfChange } from '../../facts/behaviour/behaviour-facts.ts'
import type { Exposure } from '../define-check.ts'

/** What watched every way in is not installed any more. With something else that sees the same, it was replaced. `isMeant`: the title says that it goes. */
export function lostInstruments({ lost, practice }: BehaviourOfChange, isMeant: boolean): readonly Exposure[] {
  return lost
    .filter((tool) => !practice.telemetry.some(({ title }) => title === tool.title))
    .map((tool) => {
      const other = practice.telemetry.find(({ sees }) => tool.sees.some((kind) => sees.includes(kind)))
      const rest =
        other === undefined
          ? `nothing else in ${practice.searched} sees what it saw`
          : `${other.title} in ${other.path} may take its place`
      return {
        kind: 'instrument-removed',
        severity: other === undefined && !isMeant ? 'medium' : 'low',
        at: { path: tool.path, startLine: tool.line, endLine: tool.line, side: 'base' },
        says: `${tool.title} is not installed any more, and ${rest}: failures of the whole service are seen by nobody from now on`,
        remedy: 'Keep it until what takes its place is installed, in the same change',
        evidence: [],
        within: tool.path,
        anchor: createHash('sha256').update(`instrument ${tool.title}`).digest('hex').slice(0, 16),
      }
    })
}
