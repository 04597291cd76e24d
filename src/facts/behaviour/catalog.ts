import type * as z from 'zod'
import type { catalogSchema } from './catalog-schema.ts'

export type Catalog = Readonly<z.infer<typeof catalogSchema>>
export type EntryPointRule = Catalog['entryPoints'][number]
export type FlagTool = Catalog['flags'][number]
export type SignalTool = Catalog['signals'][number]
export type Client = Catalog['clients'][number]

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
