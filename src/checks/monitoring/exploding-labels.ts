import { createHash } from 'node:crypto'
import type { BehaviourOfChange, BehaviourOfFile, Signal } from '../../facts/behaviour/behaviour-facts.ts'
import type { Exposure } from '../define-check.ts'
import { shorten } from './wording.ts'

const ENDLESS_KEY =
  /^(?:user|account|customer|session|request|trace|span|order|device|message)_?id$|^(?:email|uuid|guid|ip|ip_address|token|url|raw_path|query|timestamp)$/i
const ENDLESS_VALUE =
  /(?:^|\.)(?:req|request|r|ctx\.req|c\.Request)\.(?:path|url|originalUrl|URL\.Path|url\.path|RequestURI|full_path)$|(?:^|\.)(?:user|account|customer|session|order)\.(?:id|pk|email)$|(?:^|\.)(?:userId|user_id|sessionId|session_id|requestId|request_id|traceId|orderId|order_id|email)$/

/** Labels with a new value for every user or address: each value is a series, and the store dies of them. */
export function explodingLabels({ files }: BehaviourOfChange): readonly Exposure[] {
  return files.flatMap((one) => {
    const old = new Set((one.base?.signals ?? []).flatMap((signal) => endless(signal).map(nameOf)))
    return (one.head?.signals ?? []).flatMap((signal) =>
      endless(signal)
        .filter((label) => !old.has(nameOf(label)))
        .slice(0, 1)
        .map((label) => exposureOf(one, signal, label)),
    )
  })
}

type Label = Signal['labels'][number]

function endless({ labels }: Signal): readonly Label[] {
  return labels.filter(({ key, value }) => ENDLESS_KEY.test(key) || ENDLESS_VALUE.test(value))
}

function nameOf({ key, value }: Label): string {
  return key === '' ? value : key
}

function exposureOf({ file }: BehaviourOfFile, signal: Signal, label: Label): Exposure {
  const name = nameOf(label)
  return {
    kind: 'metric-label-explodes',
    severity: 'medium',
    at: { path: file.path, startLine: signal.span.startLine, endLine: signal.span.endLine, side: 'head' },
    says: `The metric label \`${shorten(name)}\` has a value for every user, request or address: each one is a new series, and the metrics store runs full`,
    remedy:
      'Use a value with few possibilities (the route pattern, a status class), and put the exact one into a log line or a span',
    evidence: [],
    within: signal.owner ?? '',
    anchor: createHash('sha256').update(`${signal.metric} ${name}`).digest('hex').slice(0, 16),
  }
}
