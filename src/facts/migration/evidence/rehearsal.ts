import { LineCounter, parseDocument } from 'yaml'
import * as z from 'zod'

/** Records of a rehearsed way back live here, one YAML file each. */
export const REHEARSALS = '.airworthy/rehearsals/'

const Instant = z.iso.datetime({ offset: true }).or(z.iso.date())

const RehearsalRecord = z
  .strictObject({
    version: z.literal(1),
    what: z
      .union([z.string(), z.array(z.string()).min(1)])
      .describe('Path, folder or glob of what was rolled back: "db/migrate/20261119_drop_nick.rb".'),
    when: Instant.describe('When the way back was run, ISO 8601.'),
    commit: z
      .string()
      .regex(/^[\w./-]{3,100}$/)
      .describe('Commit or tag that was rolled back.'),
    seconds: z.number().nonnegative().describe('How long the way back took.'),
    exitCode: z.number().int().optional().describe('Exit code of the command; anything but 0 is no proof.'),
    command: z.string().optional(),
    environment: z.string().optional().describe('Where it was run: staging, a copy of production.'),
    dataChecked: z.string().optional().describe('How it was made sure that no data was lost.'),
    by: z.string().optional(),
    link: z.string().optional(),
    files: z
      .record(z.string(), z.string().regex(/^[0-9a-f]{40,64}$/))
      .optional()
      .describe('Blob ids of the files that were rehearsed, by path: an edit afterwards voids the record.'),
  })
  .describe('A rehearsal of a way back.')

export interface Rehearsal {
  /** Path of the record. */
  readonly path: string
  readonly what: readonly string[]
  readonly when: string
  readonly commit: string
  readonly seconds: number
  readonly exitCode: number
  readonly dataChecked: string | null
  readonly environment: string | null
  readonly by: string | null
  readonly link: string | null
  readonly files: Readonly<Record<string, string>>
}

export type RehearsalFile =
  | { readonly status: 'read'; readonly rehearsal: Rehearsal }
  | { readonly status: 'invalid'; readonly path: string; readonly line: number; readonly says: string }

/** Reads a record. A record that cannot be read is no proof, and says why with its line. */
export function parseRehearsal(path: string, text: string): RehearsalFile {
  // Deep nesting and collection keys can stall or kill a YAML parser; a record is flat and needs neither.
  if (text.length > 20_000 || /[[{]\s*[[{]|^\s*\?\s|(?:-\s+){3}/m.test(text)) {
    return { status: 'invalid', path, line: 1, says: 'a record is flat YAML of at most 20,000 characters' }
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, schema: 'core', prettyErrors: false })
  const problem = document.errors[0]
  if (problem) {
    return {
      status: 'invalid',
      path,
      line: lines.linePos(problem.pos[0]).line,
      says: problem.message.split('\n', 1)[0] ?? '',
    }
  }
  const parsed = RehearsalRecord.safeParse(document.toJS({ maxAliasCount: 0 }))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const key = issue?.path.join('.') ?? ''
    return {
      status: 'invalid',
      path,
      line: 1,
      says: `${key === '' ? '' : `${key}: `}${issue?.message ?? 'not a record'}`,
    }
  }
  const record = parsed.data
  return {
    status: 'read',
    rehearsal: {
      path,
      what: typeof record.what === 'string' ? [record.what] : record.what,
      when: record.when,
      commit: record.commit,
      seconds: record.seconds,
      exitCode: record.exitCode ?? 0,
      dataChecked: record.dataChecked ?? null,
      environment: record.environment ?? null,
      by: record.by ?? null,
      link: record.link ?? null,
      files: record.files ?? {},
    },
  }
}

/** `30d`, `12h`, `10m`, `90s` as seconds; null when it is none of these. */
export function secondsOf(duration: string): number | null {
  const match = /^(\d{1,6})(s|m|h|d)$/.exec(duration)
  if (match === null) return null
  const unit = { s: 1, m: 60, h: 3_600, d: 86_400 }[match[2] ?? ''] ?? 1
  return Number(match[1]) * unit
}

export interface RehearsalLimits {
  readonly maxAge: string
  readonly maxDuration: string
}

export type RehearsalVerdict = { readonly good: true } | { readonly good: false; readonly why: string }

/**
 * Whether a record proves a way back. There is no clock here: its age is measured against `asOf`, the later of the
 * commit dates of the head and of the base's tip, so that the same change gives the same answer on every day, and an
 * author who sets back the date of the head gains nothing.
 */
export function judgeRehearsal(rehearsal: Rehearsal, limits: RehearsalLimits, asOf: string | null): RehearsalVerdict {
  const { path, when, seconds, exitCode } = rehearsal
  if (exitCode !== 0) return { good: false, why: `${path} records a failed run (exit code ${exitCode})` }
  const longest = secondsOf(limits.maxDuration)
  if (longest !== null && seconds > longest) {
    return { good: false, why: `${path} took ${seconds} s, and the policy allows ${limits.maxDuration}` }
  }
  if (asOf === null) return { good: false, why: `the age of ${path} cannot be judged: this change has no commit date` }
  const age = (Date.parse(asOf) - Date.parse(when)) / 1_000
  const oldest = secondsOf(limits.maxAge)
  if (age < -86_400) return { good: false, why: `${path} is dated after this change (${when})` }
  if (oldest !== null && age > oldest) {
    return {
      good: false,
      why: `${path} is ${Math.floor(age / 86_400)} days old, and the policy allows ${limits.maxAge}`,
    }
  }
  return { good: true }
}
