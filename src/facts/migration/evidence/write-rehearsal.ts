import { stringify } from 'yaml'
import { REHEARSALS } from './rehearsal.ts'

export interface RehearsedRun {
  readonly what: readonly string[]
  /** ISO 8601, UTC. */
  readonly when: string
  readonly commit: string
  readonly seconds: number
  readonly exitCode: number
  readonly command: string
  readonly environment: string | null
  readonly dataChecked: string | null
  readonly by: string | null
  readonly link: string | null
  /** Path to blob id of what was rehearsed. */
  readonly files: Readonly<Record<string, string>>
}

/** A run as a record: where it belongs, and its text. */
export function writeRehearsal(run: RehearsedRun): { readonly path: string; readonly text: string } {
  const first = run.what[0] ?? 'rehearsal'
  const name = first
    .slice(first.replace(/\/$/, '').lastIndexOf('/') + 1)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-|-$/g, '')
  const record = {
    version: 1,
    what: run.what.length === 1 ? first : run.what,
    when: run.when,
    commit: run.commit,
    seconds: run.seconds,
    exitCode: run.exitCode,
    command: run.command,
    ...(run.environment === null ? {} : { environment: run.environment }),
    ...(run.dataChecked === null ? {} : { dataChecked: run.dataChecked }),
    ...(run.by === null ? {} : { by: run.by }),
    ...(run.link === null ? {} : { link: run.link }),
    ...(Object.keys(run.files).length === 0 ? {} : { files: run.files }),
  }
  return {
    path: `${REHEARSALS}${run.when.slice(0, 10)}-${name === '' ? 'rehearsal' : name}.yml`,
    text: stringify(record, { lineWidth: 0 }),
  }
}
