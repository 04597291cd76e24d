/** One alert of a Prometheus-style rules file, as its lines say it. */
export interface AlertRule {
  readonly name: string
  readonly line: number
  /** How long it must hold, in seconds; null when the file does not say. */
  readonly holds: number | null
  /** The severity label; null when there is none. */
  readonly severity: string | null
}

/** Alerts of a text, read line by line: a template or a broken file gives fewer, never a fault. */
export function alertRulesIn(text: string): readonly AlertRule[] {
  const found: AlertRule[] = []
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.slice(0, 500)
    const name = /^\s*-?\s*alert:\s*["']?([\w .:-]+?)["']?\s*$/.exec(line)?.[1]
    if (name !== undefined) found.push({ name, line: index + 1, holds: null, severity: null })
    const last = found.at(-1)
    if (last === undefined) continue
    const holds = /^\s+(?:-\s+)?for:\s*["']?(\d+)(ms|[smhd])/.exec(line)
    if (holds !== null && last.holds === null)
      found[found.length - 1] = { ...last, holds: Number(holds[1]) * (SECONDS[holds[2] ?? 's'] ?? 1) }
    const severity = /^\s+severity:\s*["']?([\w-]+)/.exec(line)?.[1]
    if (severity !== undefined && last.severity === null) found[found.length - 1] = { ...last, severity }
  }
  return found
}

const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600, d: 86_400 }
