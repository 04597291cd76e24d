import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import * as z from 'zod'

const require = createRequire(import.meta.url)
const Examples = z.array(
  z.object({ name: z.string(), examples: z.array(z.looseObject({ action: z.string().optional() })) }),
)
const Schema = z.object({ definitions: z.record(z.string(), z.unknown()) })

/** The payloads that GitHub's own documentation shows, by event. */
export const officialExamples = Examples.parse(require('@octokit/webhooks-examples'))
const { definitions } = Schema.parse(require('@octokit/webhooks-schemas'))

/**
 * A payload as GitHub sends it: the official example of an event, with `changes` laid over it, checked against GitHub's schema of it.
 * Throws when the event has no example, or the outcome is not what GitHub could send.
 */
export function webhookPayload(event: string, action: string | null, changes: object): object {
  const fitting =
    officialExamples
      .find(({ name }) => name === event)
      ?.examples.filter((one) => action === null || one.action === action) ?? []
  const name = action === null ? `${event}$event` : `${event}$${action}`
  const problems: string[] = []
  for (const example of fitting) {
    const payload = overlay(example, changes)
    const found = webhookProblems(name, payload)
    if (found.length === 0) return payload
    problems.push(...found)
  }
  throw new Error(`no valid payload for ${name}: ${problems.join(', ') || 'no example'}`)
}

/** What GitHub's schema of a webhook (`pull_request$opened`) finds wrong with a payload. */
function webhookProblems(name: string, payload: object): readonly string[] {
  const ajv = new Ajv({ strict: false, validateFormats: false, inlineRefs: false })
  const validate = ajv.compile({ $ref: `#/definitions/${name.replace('$', '%24')}`, definitions: closure(name) })
  return validate(payload)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

/** The definitions that one of them needs: all of them take seconds to compile. */
function closure(name: string): Readonly<Record<string, unknown>> {
  const needed = new Set([name])
  for (const one of needed) {
    for (const [, ref = ''] of JSON.stringify(definitions[one] ?? {}).matchAll(/"#\/definitions\/([^"]+)"/g))
      needed.add(decodeURIComponent(ref))
  }
  return Object.fromEntries([...needed].map((one) => [one, definitions[one]]))
}

function overlay(under: unknown, over: object): object {
  const result: Record<string, unknown> = { ...Object(under) }
  for (const [key, value] of Object.entries(over)) {
    const nested =
      typeof value === 'object' && value !== null && !Array.isArray(value) && typeof result[key] === 'object'
    result[key] = nested ? overlay(result[key], value) : value
  }
  return result
}
