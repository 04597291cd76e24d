import { z } from 'zod'
import { compileScope } from '../../change/path-scope.ts'

/** A policy may add entries: no text and no list is longer than anybody needs. */
const text = z.string().min(1).max(300)
/** '' stands for no receiver. */
const names = z.array(z.string().max(300)).max(300)
const globs = names.check(({ value, issues }) => {
  try {
    compileScope(value)
  } catch (error) {
    issues.push({ code: 'custom', message: error instanceof Error ? error.message : 'is no glob', input: value })
  }
})
const languages = z.array(z.enum(['go', 'python', 'typescript'])).min(1)
const code = z.string().min(1).max(2_000)
/** What an entry finds and what it must not find. Ours all have them, and a test runs both; a team's need none. */
const examples = z
  .array(
    z.strictObject({ language: z.enum(['go', 'python', 'typescript']), path: text.optional(), yes: code, no: code }),
  )
  .default([])

const base = { id: text, title: text, languages, examples }
/** Modules whose import is the evidence that a name means this library. `*` at the end stands for any rest. */
const modules = names.min(1)

const kind = z.enum(['route', 'rpc', 'resolver', 'job', 'consumer', 'schedule', 'command', 'page', 'action'])

const entryPoint = z.strictObject({
  ...base,
  kind,
  modules: names,
  /** Names that are imported, from whatever module: `APIRouter`. */
  imported: names.default([]),
  /** Words in the path of an own module. */
  words: names.default([]),
  /** It writes what fails there into its own log, without a line of anybody. */
  logsFailures: z.boolean().default(false),
  rules: z
    .array(
      z.discriminatedUnion('form', [
        /** `router.post('/x', handler)`; `path` and `handler` are positions, `last` the last argument. */
        z.strictObject({
          form: z.literal('call'),
          names,
          receivers: names.optional(),
          verb: z.enum(['name', 'argument', 'record', 'none']).default('name'),
          path: z.number().int().optional(),
          pathKeys: names.optional(),
          handler: z.union([z.number().int(), z.literal('last'), z.literal('none')]).default('last'),
          handlerKeys: names.optional(),
          leastArguments: z.number().int().default(1),
          slash: z.boolean().default(false),
          /** Known by what it is bound to: `refund: procedure.mutation(…)`. */
          bound: z.boolean().default(false),
          /** Handlers that only mount others: `path('api/', include(…))`. */
          includes: names.default([]),
          prefix: text.optional(),
          writes: z.boolean().optional(),
        }),
        /** `pb.RegisterRefundsServer(s, …)`: known by the name of the call itself. */
        z.strictObject({ form: z.literal('service'), names, prefix: text }),
        /** `@Post('x')`, `@app.task`. */
        z.strictObject({
          form: z.literal('decorator'),
          names,
          receivers: names.optional(),
          verb: z.enum(['name', 'keyword', 'none']).default('none'),
          classPrefix: names.optional(),
          prefix: text.optional(),
          writes: z.boolean().optional(),
          on: z.enum(['class', 'function', 'any']).default('any'),
        }),
        /** A class that the framework finds by its base. */
        z.strictObject({
          form: z.literal('class'),
          bases: names,
          prefix: text,
          paths: globs.optional(),
          writes: z.boolean().optional(),
        }),
        /** A file that the framework finds by its path; `exports` are its handlers. */
        z.strictObject({
          form: z.literal('file'),
          paths: globs,
          exports: names,
          verb: z.enum(['export', 'none']).default('none'),
          prefix: text.optional(),
          writes: z.boolean().optional(),
        }),
      ]),
    )
    .min(1),
})

const flagTool = z.strictObject({
  ...base,
  modules,
  /** Words in the path of an own module, or in a receiver, that stand for the library: `lib/launchdarkly.ts`. */
  words: names.default([]),
  checks: names.default([]),
  /** Decorators, wrappers and elements that gate what they enclose. */
  wrappers: names.default([]),
  /** Position of the key and of the fallback. */
  key: z.number().int().default(0),
  fallback: z.number().int().optional(),
  /** Packages in a manifest that show the team has it. */
  packages: names.default([]),
})

const signalTool = z.strictObject({
  ...base,
  signal: z.enum(['metric', 'span', 'log', 'report', 'heartbeat']),
  modules: names,
  words: names.default([]),
  calls: names.default([]),
  receivers: names.optional(),
  /** Calls that define a metric; `name` is the key of its name in a record, or position 0. */
  definitions: names.default([]),
  decorators: names.default([]),
})

const client = z.strictObject({
  ...base,
  modules: names,
  calls: names,
  receivers: names.optional(),
  globals: names.default([]),
  /** Keyword, record key, or name in the file that sets a limit. */
  timeouts: names,
  /** It gives up by itself after a while: a limit of its own is no more than a better one. */
  limited: z.boolean().default(false),
  /** Callees, as written, that wait for ever unless they are told otherwise. */
  endless: names.default([]),
})

/** What a team installs that sees ways in without a line in them. */
const instrument = z.strictObject({
  id: text,
  title: text,
  packages: names.default([]),
  /** Words in start-up files, Dockerfiles and manifests. */
  texts: names.default([]),
  sees: z.array(kind),
  examples: z.array(z.strictObject({ path: text, yes: code, no: code })).default([]),
})

/** Entries of a catalog file, or those that a policy adds. */
export const catalogSchema = z.strictObject({
  entryPoints: z
    .array(entryPoint)
    .max(200)
    .default([])
    .describe('Frameworks: how routes, jobs, consumers and pages are registered.'),
  flags: z.array(flagTool).max(200).default([]).describe('Feature-flag SDKs.'),
  signals: z
    .array(signalTool)
    .max(200)
    .default([])
    .describe('Libraries of metrics, spans, logs, reports and heartbeats.'),
  clients: z.array(client).max(200).default([]).describe('Libraries of calls that leave the process.'),
  instruments: z.array(instrument).max(200).default([]).describe('What sees ways in without a line in the code.'),
})

export type Catalog = Readonly<z.infer<typeof catalogSchema>>
export type EntryPointRule = Catalog['entryPoints'][number]
export type FlagTool = Catalog['flags'][number]
export type SignalTool = Catalog['signals'][number]
export type Client = Catalog['clients'][number]

/** Values of `src/facts/catalog/*.yml`, by file name, as one catalog. A fault is ours: it throws with file and place. */
export function parseCatalog(files: ReadonlyMap<string, unknown>): Catalog {
  const parts = [...files].map(([name, content]) => {
    const result = catalogSchema.safeParse(content)
    if (!result.success) throw new Error(`catalog ${name}: ${z.prettifyError(result.error)}`)
    return result.data
  })
  return parts.reduce(withAdded, EMPTY_CATALOG)
}

export const EMPTY_CATALOG: Catalog = { entryPoints: [], flags: [], signals: [], clients: [], instruments: [] }

/** Both, and what is added comes first: a team knows its own libraries best. */
export function withAdded(catalog: Catalog, added: Catalog): Catalog {
  return {
    entryPoints: [...added.entryPoints, ...catalog.entryPoints],
    flags: [...added.flags, ...catalog.flags],
    signals: [...added.signals, ...catalog.signals],
    clients: [...added.clients, ...catalog.clients],
    instruments: [...added.instruments, ...catalog.instruments],
  }
}
