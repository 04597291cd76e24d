import * as z from 'zod'
import { client, entryPoint, flagTool, instrument, signalTool } from './catalog-entry.ts'

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
    .describe('Libraries of metrics, spans, logs, error reports and heartbeats.'),
  clients: z.array(client).max(200).default([]).describe('Libraries of calls that leave the process.'),
  instruments: z
    .array(instrument)
    .max(200)
    .default([])
    .describe('What is installed once and sees ways in without a line in them.'),
})

export type Catalog = Readonly<z.infer<typeof catalogSchema>>
export type EntryPointRule = Catalog['entryPoints'][number]
export type FlagTool = Catalog['flags'][number]
export type SignalTool = Catalog['signals'][number]
export type Client = Catalog['clients'][number]

export const EMPTY_CATALOG: Catalog = { entryPoints: [], flags: [], signals: [], clients: [], instruments: [] }

/** Values of `src/facts/catalog/*.yml`, by file name, as one catalog. A fault is ours: it throws with file and place. */
export function parseCatalog(files: ReadonlyMap<string, unknown>): Catalog {
  return [...files]
    .map(([name, content]) => {
      const result = catalogSchema.safeParse(content)
      if (!result.success) throw new Error(`catalog ${name}: ${z.prettifyError(result.error)}`)
      return result.data
    })
    .reduce((sum, part) => withAdded(part, sum), EMPTY_CATALOG)
}

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
