import type { ContractChange } from './contract-change.ts'

interface Job {
  readonly name: string
  /** The name it has in the queue, where it is written. */
  readonly registeredAs: string | null
  readonly line: number
  readonly parameters: readonly Parameter[]
}

interface Parameter {
  readonly name: string
  readonly required: boolean
}

/**
 * Jobs that wait in a queue were put there by one version and are run by another. What changes in their arguments breaks
 * them, in both directions. Read are Celery, Dramatiq and RQ in Python, Sidekiq and ActiveJob in Ruby, and in TypeScript the zod
 * schemas that a worker parses its jobs with.
 */
export function compareJobs(path: string, base: string, head: string): readonly ContractChange[] {
  const after = new Map(jobsOf(path, head).map((job) => [job.name, job]))
  return jobsOf(path, base).flatMap((before): readonly ContractChange[] => {
    const now = after.get(before.name)
    if (now === undefined) return []
    if (before.registeredAs !== null && now.registeredAs !== null && before.registeredAs !== now.registeredAs)
      return [changed('renamed', now.name, 'head', now.line)]
    const lost = before.parameters.find((parameter) => !now.parameters.some((one) => one.name === parameter.name))
    const more = now.parameters.find(
      (parameter) => parameter.required && !before.parameters.some((one) => one.name === parameter.name),
    )
    // A renamed argument is the same to a job that is given by position.
    if (
      lost !== undefined &&
      more !== undefined &&
      before.parameters.length === now.parameters.length &&
      path.endsWith('.rb')
    )
      return []
    if (more !== undefined) return [changed('made-required', `${now.name}(${more.name})`, 'head', now.line)]
    // A schema passes over what it does not name.
    if (lost === undefined || isScript(path)) return []
    return [changed('removed', `${before.name}(${lost.name})`, 'base', before.line)]
  })
}

function changed(
  kind: 'made-required' | 'removed' | 'renamed',
  subject: string,
  side: 'base' | 'head',
  line: number,
): ContractChange {
  return { format: 'job', kind, subject, side, line, announced: false, corrupts: false }
}

/** Paths that may hold jobs. */
export function mayHoldJobs(path: string): boolean {
  return /(?:^|[/_-])(?:tasks?|jobs?|workers?|actors?|queues?|sidekiq|celery)\b[^/]*(?:\/.*)?\.(?:py|rb|[cm]?ts)$/.test(
    path,
  )
}

function isScript(path: string): boolean {
  return /\.[cm]?ts$/.test(path)
}

function jobsOf(path: string, text: string): readonly Job[] {
  if (isScript(path)) return schemaJobs(text)
  return path.endsWith('.py') ? pythonJobs(text) : rubyJobs(text)
}

const DECORATOR = /^\s*@(?:[\w.]+\.)?(?:task|shared_task|job|actor|register_task_handler)\b/

function pythonJobs(text: string): readonly Job[] {
  const lines = text.split('\n')
  return lines.flatMap((line, i) => {
    if (!DECORATOR.test(line)) return []
    const at = lines.findIndex((next, k) => k > i && k < i + 20 && /^\s*(?:async )?def \w/.test(next))
    const name = at < 0 ? undefined : /def (\w+)/.exec(lines[at] ?? '')?.[1]
    if (name === undefined) return []
    const parameters = parametersOf(lines.slice(at, at + 60).join('\n'), (one) => !one.includes('='))
    const registeredAs = /\bname\s*=\s*["']([\w.-]+)["']/.exec(lines.slice(i, at).join('\n'))?.[1] ?? null
    return [{ name, registeredAs, line: at + 1, parameters: parameters.filter((one) => one.name !== 'self') }]
  })
}

function rubyJobs(text: string): readonly Job[] {
  if (!/\binclude Sidekiq::(?:Job|Worker)\b|<\s*(?:ApplicationJob|ActiveJob::Base|ApplicationWorker)\b/.test(text))
    return []
  const lines = text.split('\n')
  const at = lines.findIndex((line) => /^\s*def perform\b/.test(line))
  const name = /^\s*class ([\w:]+)/m.exec(text)?.[1]
  if (at < 0 || name === undefined) return []
  const declared = lines.slice(at, at + 40).join('\n')
  const parameters = /^\s*def perform\s*\(/.test(declared)
    ? parametersOf(declared, (one) => !one.includes('=') && !/:\s*\S/.test(one))
    : []
  return [{ name, registeredAs: null, line: at + 1, parameters }]
}

const SCHEMA = /\bconst (\w*(?:job|task|queue)\w*)\s*=\s*z\s*\.object\(\{/gi
const OPTIONAL = /\.(?:optional|nullish|default|catch)\(/

/** `const SEND_MAIL_JOB_SCHEMA = z.object({ … })`: its keys are the arguments. */
function schemaJobs(text: string): readonly Job[] {
  return [...text.matchAll(SCHEMA)].map((match) => {
    const from = match.index + match[0].length - 1
    const line = text.slice(0, match.index).split('\n').length
    const parameters = parametersOf(
      text.slice(from, from + 10_000).replaceAll(/^\s*\/\/.*$/gm, ''),
      (one) => !OPTIONAL.test(one),
    )
    return { name: match[1] ?? '', registeredAs: null, line, parameters }
  })
}

/** Parameters between the first bracket and the one that closes it. Catch-alls (`*args`) are no names. */
function parametersOf(text: string, isRequired: (parameter: string) => boolean): readonly Parameter[] {
  const parts: string[] = ['']
  let depth = 0
  for (const char of text.slice(text.search(/[({]/))) {
    const opens = /[([{]/.test(char)
    if (opens) depth++
    if (/[)\]}]/.test(char)) depth--
    if (depth === 0) break
    if (depth === 1 && char === ',') parts.push('')
    else if (depth > 1 || !opens) parts[parts.length - 1] += char
  }
  return parts.flatMap((part) => {
    const name = /^\s*(\w+)/.exec(part)?.[1]
    return name === undefined ? [] : [{ name, required: isRequired(part) }]
  })
}
