import * as z from 'zod'
import { type Catalog, EMPTY_CATALOG, withAdded } from './catalog.ts'
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
