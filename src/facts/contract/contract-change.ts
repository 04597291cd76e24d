export type ContractFormat = 'openapi' | 'proto' | 'graphql' | 'avro' | 'json-schema' | 'crd' | 'job' | 'stored'

export type NarrowingKind =
  | 'removed'
  | 'renamed'
  | 'renumbered'
  | 'type-changed'
  | 'made-required'
  | 'value-removed'
  | 'made-nullable'

/** One way in which a contract promises less, or asks for more, than before. */
export interface ContractChange {
  readonly format: ContractFormat
  readonly kind: NarrowingKind
  /** What is narrowed: 'Order.total', 'DELETE /orders/{id}', 'Order field 4 (total)'. */
  readonly subject: string
  /** `base` for what is gone. */
  readonly side: 'base' | 'head'
  /** 1-based, on that side. */
  readonly line: number
  /** Clients had notice: it was marked deprecated before, or its number stays reserved. */
  readonly announced: boolean
  /** Bytes or rows that exist already are read wrongly, not only refused. */
  readonly corrupts: boolean
}

export function removedFrom(format: ContractFormat, subject: string, line: number, announced: boolean): ContractChange {
  return { format, kind: 'removed', subject, side: 'base', line, announced, corrupts: false }
}
