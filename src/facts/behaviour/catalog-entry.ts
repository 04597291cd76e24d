import * as z from 'zod'
import { compileScope } from '../../change/path-scope.ts'

/** A policy may add entries: no text and no list is longer than anybody needs. */
const text = z.string().min(1).max(300)
const names = z.array(z.string().max(300)).max(300)
const globs = names.check(({ value, issues }) => {
  try {
    compileScope(value)
  } catch (error) {
    issues.push({ code: 'custom', message: error instanceof Error ? error.message : 'is no glob', input: value })
  }
})
const code = z.string().min(1).max(2_000)
const kind = z.enum(['route', 'rpc', 'resolver', 'job', 'consumer', 'schedule', 'command', 'page', 'action'])

const LANGUAGES = ['go', 'python', 'typescript'] as const
const example = z.strictObject({
  language: z.enum(LANGUAGES).describe('Language of both examples.'),
  path: text.describe('Path of the file they stand in, where that matters.').optional(),
  yes: code.describe('Code in which the entry finds something.'),
  no: code.describe('Code in which it must find nothing.'),
})
/** Ours all have examples, and a test runs them; a team's need none. */
const examples = z.array(example).max(20).default([]).describe('What the entry finds, and what it must leave alone.')

const base = {
  id: text.describe('Short name of the entry: acme-flags.'),
  title: text.describe('What reports call it: Acme flags.'),
  languages: z.array(z.enum(LANGUAGES)).min(1).describe('Languages it is for.'),
  examples,
}
const modules = names.describe(
  'Modules whose import is the evidence that a name means this library. `*` at the start or end stands for any rest.',
)
const words = names
  .default([])
  .describe('Words in the path of an own module, or in a receiver, that stand for the library.')
const packages = names.default([]).describe('Packages in a manifest that show that the team has it.')
const receivers = names
  .describe('What stands before the last dot of the call; an empty text is no receiver.')
  .optional()
const called = names.describe('Last part of the names that are called.')

const prefix = text.describe('First word of its identity: `job`.')
const writes = z.boolean().describe('It may change something; else its verb decides.').optional()

const callRule = z.strictObject({
  form: z.literal('call').describe('A call registers it: `router.post("/x", handler)`.'),
  names: called,
  receivers,
  verb: z
    .enum(['name', 'argument', 'record', 'none'])
    .default('name')
    .describe('Where the verb stands: in the name, in an argument, in a record, or nowhere.'),
  path: z.number().int().describe('Position of its path or name.').optional(),
  pathKeys: names.describe('Keys of a record that hold its path or name.').optional(),
  handler: z
    .union([z.number().int(), z.literal('last'), z.literal('none')])
    .default('last')
    .describe('Position of the handler.'),
  handlerKeys: names.describe('Keys of a record that hold the handler.').optional(),
  leastArguments: z.number().int().default(1).describe('Calls with fewer arguments are something else.'),
  slash: z.boolean().default(false).describe('The path must start with a slash.'),
  bound: z.boolean().default(false).describe('It is known by what it is bound to: `refund: procedure.mutation(…)`.'),
  includes: names.default([]).describe('Handlers that only mount others: `include`.'),
  prefix: prefix.optional(),
  writes,
})
const serviceRule = z.strictObject({
  form: z.literal('service').describe('A call registers a service by its own name: `RegisterRefundsServer(s)`.'),
  names: called,
  prefix,
})
const decoratorRule = z.strictObject({
  form: z.literal('decorator').describe('A decorator marks it: `@Post("x")`.'),
  names: called,
  receivers,
  verb: z.enum(['name', 'keyword', 'none']).default('none').describe('Where the verb stands.'),
  classPrefix: names.describe('Decorators of the class that hold the first part of the path.').optional(),
  prefix: prefix.optional(),
  writes,
  on: z.enum(['class', 'function', 'any']).default('any').describe('What is decorated.'),
})
const classRule = z.strictObject({
  form: z.literal('class').describe('The framework finds a class by its base.'),
  bases: names.describe('Last part of the base classes.'),
  prefix,
  paths: globs.describe('Files in which it is looked for.').optional(),
  writes,
})
const fileRule = z.strictObject({
  form: z.literal('file').describe('The framework finds a file by its path.'),
  paths: globs.describe('Files that it finds.'),
  exports: names.describe('Exports that are handlers.'),
  verb: z.enum(['export', 'none']).default('none').describe('Where the verb stands.'),
  prefix: prefix.optional(),
  writes,
})

export const entryPoint = z.strictObject({
  ...base,
  kind: kind.describe('What kind of way in it registers.'),
  modules,
  imported: names.default([]).describe('Names that are imported, from whatever module: `APIRouter`.'),
  words,
  logsFailures: z
    .boolean()
    .default(false)
    .describe('It writes what fails there into its own log, without a line of anybody.'),
  rules: z
    .array(z.discriminatedUnion('form', [callRule, serviceRule, decoratorRule, classRule, fileRule]))
    .min(1)
    .max(50)
    .describe('How ways in are registered.'),
})

export const flagTool = z.strictObject({
  ...base,
  modules: modules.min(1),
  words,
  checks: names.default([]).describe('Last part of the calls that ask a flag: `isEnabled`.'),
  wrappers: names.default([]).describe('Decorators, wrappers and elements that gate what they enclose.'),
  key: z.number().int().default(0).describe('Position of the key.'),
  fallback: z.number().int().describe('Position of the value that is used when the flag cannot be asked.').optional(),
  packages,
})

export const signalTool = z.strictObject({
  ...base,
  signal: z.enum(['metric', 'span', 'log', 'report', 'heartbeat']).describe('What an operator gets.'),
  modules,
  words,
  calls: called.default([]),
  receivers,
  definitions: names
    .default([])
    .describe('Calls that define a metric; its name is the first argument, or `name` of a record.'),
  decorators: names.default([]).describe('Decorators that watch what they decorate.'),
})

export const client = z.strictObject({
  ...base,
  modules,
  calls: called,
  receivers,
  globals: names.default([]).describe('Calls without a receiver: `fetch`.'),
  timeouts: names.describe('Keyword, record key, or call in the same function that sets a limit.'),
  limited: z.boolean().default(false).describe('It gives up by itself after a while.'),
  endless: names.default([]).describe('Calls, as written, that wait for ever unless they are told otherwise.'),
})

export const instrument = z.strictObject({
  id: base.id,
  title: base.title,
  packages,
  texts: names.default([]).describe('Words in start-up files, container files and manifests.'),
  sees: z.array(kind).describe('Kinds of ways in that it sees without a line in them.'),
  examples: z
    .array(example.omit({ language: true }).required())
    .max(20)
    .default([])
    .describe('Files in which it is found, and not.'),
})
