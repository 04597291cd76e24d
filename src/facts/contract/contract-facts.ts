import type { ChangedFile } from '../../change/change.ts'
import type { ContractChange } from './contract-change.ts'

export interface ContractsOfFile {
  readonly file: ChangedFile
  readonly changes: readonly ContractChange[]
}

/** Contracts that the change touches: on both sides, or gone. In path order. */
export interface ContractsOfChange {
  readonly files: readonly ContractsOfFile[]
}
