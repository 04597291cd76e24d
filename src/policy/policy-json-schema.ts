import * as z from 'zod'
import { policyFileSchema } from './policy-schema.ts'

/** The JSON Schema (draft-7) of a policy file, for editors: what `policies/airworthy.schema.json` holds, with its last newline. */
export function policyJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(policyFileSchema, { io: 'input', target: 'draft-7' }), null, 2)}\n`
}
