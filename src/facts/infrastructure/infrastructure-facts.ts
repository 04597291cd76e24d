import type { ChangedFile } from '../../change/change.ts'

export type InfrastructureKind =
  /** A resource that holds data is no longer declared: the next apply destroys it. */
  | 'destroyed'
  /** What cannot be changed in place is changed: the next apply makes an empty one instead. */
  | 'replaced'
  /** What kept it from being destroyed or lost is off. */
  | 'protection-removed'
  /** The deployment can no longer go back by itself. */
  | 'way-back-removed'

export interface InfrastructureChange {
  readonly file: ChangedFile
  readonly kind: InfrastructureKind
  /** 'aws_db_instance.main', 'PersistentVolume data'. */
  readonly subject: string
  /** What was written, in a few words: 'prevent_destroy', 'revisionHistoryLimit: 0'. */
  readonly what: string
  readonly side: 'base' | 'head'
  readonly line: number
}

export interface InfrastructureOfChange {
  readonly changes: readonly InfrastructureChange[]
  /** How many files of infrastructure were compared. */
  readonly files: number
}
