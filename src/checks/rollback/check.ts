import * as z from 'zod'
import { secondsOf } from '../../facts/migration/evidence/rehearsal.ts'
import { defineCheck, type Outcome } from '../define-check.ts'
import { contractExposures } from './contract-exposures.ts'
import { infrastructureExposures } from './infrastructure-exposures.ts'
import { migrationExposures } from './migration-exposures.ts'
import { STRENGTHS } from './proof.ts'

const Duration = z
  .string()
  .refine((text) => secondsOf(text) !== null, { error: 'write a number with s, m, h or d: 10m, 30d' })
const strength = (of: string) =>
  z.enum(STRENGTHS).describe(`The weakest proof that covers an exposure of severity ${of}.`)

/** "Deploy the previous version" undoes code. It does not undo a dropped column, a renamed field or a rewritten row. */
export const rollback = defineCheck({
  id: 'rollback',
  title: 'The change can be taken back, and somebody tried',
  question: 'Can we go back, and has anyone tried?',
  needs: ['contracts', 'infrastructure', 'migrations'],
  options: z.strictObject({
    maxAge: Duration.describe('A rehearsal older than this does not count, measured at the date of the change: 30d.'),
    maxDuration: Duration.describe('A rehearsal that took longer than this does not count: 10m.'),
    require: z
      .strictObject({
        low: strength('low'),
        medium: strength('medium'),
        high: strength('high'),
        critical: strength('critical'),
      })
      .describe('What proof each severity asks for, weakest first: written, compatible, ci, test, rehearsal.'),
  }),
  assess(_change, facts, options): Outcome {
    const { contracts, infrastructure, migrations } = facts
    const unread = migrations.files.filter((file) => file.head === null && file.file.head !== null)
    const judging = {
      facts: migrations,
      required: options.require,
      limits: { maxAge: options.maxAge, maxDuration: options.maxDuration },
    }
    const exposures = [
      ...migrationExposures(judging),
      ...contractExposures(contracts, judging),
      ...infrastructureExposures(infrastructure, judging),
    ]
    if (exposures.length === 0 && unread.length > 0) {
      return { status: 'unknown', reason: `A changed migration could not be read (${unread[0]?.file.path})` }
    }
    if (migrations.files.length + contracts.files.length + exposures.length === 0) {
      return {
        status: 'not-applicable',
        reason: 'No migration, contract or infrastructure that holds data was changed',
      }
    }
    const nothing = exposures.length === 0 ? { summary: 'Nothing here needs more than the previous version' } : {}
    return { status: 'assessed', exposures, ...nothing }
  },
})
