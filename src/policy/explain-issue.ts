import * as z from 'zod'
import { nearestName } from './nearest-name.ts'
import { type Fault, quote, visible } from './policy-problem.ts'

type Issue = z.core.$ZodIssue

/**
 * Says what zod found in the words of a policy's author.
 * @param root the value that was parsed, for what stands at an issue's path
 * @param schema the schema it was parsed by, for the keys that are known at an issue's path
 */
export function explainIssues(issues: readonly Issue[], root: unknown, schema: z.core.$ZodType): readonly Fault[] {
  return issues.flatMap((issue) => explainIssue(issue, [], root, schema))
}

function explainIssue(
  issue: Issue,
  above: readonly PropertyKey[],
  root: unknown,
  schema: z.core.$ZodType,
): readonly Fault[] {
  const path = [...above, ...issue.path]
  const value = valueAt(root, path)
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schemaAt(schema, path))
    return issue.keys.map((key) => unknownKey([...path, key], key, known))
  }
  if (issue.code === 'invalid_union') {
    const meant = meantBranch(issue)
    if (meant !== null) return meant.flatMap((inner) => explainIssue(inner, path, root, schema))
  }
  if (value === undefined) return [missing(path, issue)]
  return [{ path, part: 'value', ...explainValue(issue, value) }]
}

/** The branch whose shape fits: its faults lie deeper, or are keys it does not know. Null when none fits. */
function meantBranch(issue: z.core.$ZodIssueInvalidUnion): readonly Issue[] | null {
  const fits = (issues: readonly Issue[]) =>
    issues.some((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys')
  return issue.errors.find(fits) ?? null
}

function unknownKey(path: readonly PropertyKey[], key: string, known: readonly string[]): Fault {
  const suggestion = nearestName(key, known)
  const advice = suggestion === null ? `known here: ${list(known) || 'none'}` : `did you mean \`${suggestion}\`?`
  return { path, part: 'key', message: `unknown key ${quote(key)}; ${advice}`, suggestion }
}

function missing(path: readonly PropertyKey[], issue: Issue): Fault {
  const name = String(path.at(-1))
  const only =
    issue.code === 'invalid_value' && issue.values.length === 1 ? `; write \`${name}: ${String(issue.values[0])}\`` : ''
  return { path, part: 'value', message: `\`${name}\` is missing${only}`, suggestion: null }
}

function explainValue(issue: Issue, value: unknown): Pick<Fault, 'message' | 'suggestion'> {
  if (value === null) return say(`has no value; give it ${expectation(issue)}, or remove the key`)
  switch (issue.code) {
    case 'invalid_type':
      return say(`must be ${expectation(issue)}, not ${describe(value)}`)
    case 'invalid_value':
    case 'invalid_union':
      return explainChoice(issue, value)
    case 'too_small':
      return say(
        issue.origin === 'number' ? `must be at least ${issue.minimum}, not ${describe(value)}` : 'must not be empty',
      )
    case 'too_big':
      return say(
        issue.origin === 'number'
          ? `must be at most ${issue.maximum}, not ${describe(value)}`
          : `must be at most ${issue.maximum} ${issue.origin === 'string' ? 'characters' : 'entries'} long`,
      )
    default:
      return say(visible(issue.message))
  }
}

function say(message: string): Pick<Fault, 'message' | 'suggestion'> {
  return { message, suggestion: null }
}

function explainChoice(issue: Issue, value: unknown): Pick<Fault, 'message' | 'suggestion'> {
  const message = `must be ${expectation(issue)}, not ${describe(value)}`
  const choices = choicesOf(issue)
  if (typeof value === 'object' || choices.length === 1) return say(message)
  // Tools that read YAML 1.1 rewrite `off` into `false`.
  const suggestion = value === false && choices.includes('off') ? 'off' : nearestName(String(value), choices)
  return suggestion === null ? say(message) : { message: `${message}; did you mean \`${suggestion}\`?`, suggestion }
}

function choicesOf(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String)
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap(choicesOf) : []
}

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type') return SHAPES[issue.expected] ?? issue.expected
  if (issue.code === 'invalid_union') return [...new Set(issue.errors.flat().map(expectation))].join(', or ')
  const choices = choicesOf(issue)
  return choices.length === 1 ? `the number ${choices[0]}` : `one of ${list(choices)}`
}

const SHAPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  number: 'a number',
  object: 'a map of keys',
  string: 'text',
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map of keys'
  return typeof value === 'string' ? `the text ${quote(value)}` : `\`${String(value)}\``
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = Reflect.get(value, step)
  }
  return value
}

function schemaAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodType {
  const [step, ...rest] = path
  const bare = unwrap(schema)
  if (step === undefined) return bare
  if (bare instanceof z.ZodArray) return schemaAt(bare.element, rest)
  const inner = bare instanceof z.ZodObject ? bare.shape[String(step)] : undefined
  return inner === undefined ? bare : schemaAt(inner, rest)
}

/** Without `optional`; of a union the map of keys, which is the only branch that has keys. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional) return unwrap(schema.unwrap())
  if (schema instanceof z.ZodUnion) return schema.options.find((option) => option instanceof z.ZodObject) ?? schema
  return schema
}

function knownKeys(schema: z.core.$ZodType): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}
