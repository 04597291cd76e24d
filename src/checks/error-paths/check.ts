import { z } from 'zod'
import { defineCheck } from '../define-check.ts'

export const errorPaths = defineCheck({
  id: 'error-paths',
  title: 'Changed error paths are tested',
  question: 'Is every changed error path tested?',
  needs: ['code', 'tests'],
  options: z.strictObject({
    tools: z
      .array(z.string())
      .describe('Globs of code that runs in front of an operator (scripts, command lines, examples): softened to low.'),
    reports: z.array(z.string()).describe("Names of the team's own functions that log or report a failure."),
  }),
  assess() {
    return { status: 'not-applicable', reason: 'not built yet' }
  },
})
