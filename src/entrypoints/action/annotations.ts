import { type AnnotationProperties, error, notice, warning } from '@actions/core'
import type { CheckRun } from '../../report/check-run.ts'

/** GitHub shows this many of each level per step, and drops the rest in silence. */
const PER_LEVEL = 10
const WRITERS = { failure: error, warning, notice } as const

/** Marks the lines of the change, worst first. Returns how many found no room; the summary has them all. */
export function annotate(annotations: CheckRun['annotations']): number {
  let hidden = 0
  const shown = { failure: 0, warning: 0, notice: 0 }
  for (const { level, message, title, path, startLine, endLine } of annotations) {
    if (shown[level] >= PER_LEVEL) {
      hidden++
      continue
    }
    shown[level]++
    const place: AnnotationProperties = { title, file: path, startLine, endLine }
    WRITERS[level](message, place)
  }
  return hidden
}
