import type { Practice } from '../../facts/behaviour/behaviour-facts.ts'

/** A rule or dashboard of the repository, and the line where it asks for a metric. */
export interface AskingRule {
  readonly path: string
  readonly line: number
  /** It wakes somebody, and does not only show. */
  readonly isAlert: boolean
}

/** Exporters add to a name: `orders` is asked for as `orders_total`, `orders_bucket`, and dots become underscores. */
export function askingRule(metric: string, rules: Practice['rules']): AskingRule | null {
  const stem = metric.replace(/[.-]/g, '_').replace(/_total$/, '')
  if (stem.length < LEAST_NAME) return null
  for (const { path, text } of rules) {
    for (let at = text.indexOf(stem); at !== -1; at = text.indexOf(stem, at + 1)) {
      const before = text[at - 1] ?? ' '
      const rest = /^[A-Za-z0-9_:]*/.exec(text.slice(at + stem.length, at + stem.length + 40))?.[0] ?? ''
      if (/[A-Za-z0-9_:]/.test(before) || !/^(?:|_total|_bucket|_sum|_count|_seconds\w*|_bytes\w*)$/.test(rest))
        continue
      return { path, line: text.slice(0, at).split('\n').length, isAlert: /alert|expr:/.test(text) }
    }
  }
  return null
}

/** Shorter names stand in many places by chance. Characters. */
const LEAST_NAME = 4
