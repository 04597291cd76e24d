import { configEnv } from './config-env/check.ts'
import type { Check } from './define-check.ts'
import { errorPaths } from './error-paths/check.ts'
import { featureFlag } from './feature-flag/check.ts'
import { monitoring } from './monitoring/check.ts'
import { rollback } from './rollback/check.ts'

/** Every check, in alphabetical order. The id is the folder, the policy key, the test and the SARIF rule. */
export const checks = {
  'config-env': configEnv,
  'error-paths': errorPaths,
  'feature-flag': featureFlag,
  monitoring,
  rollback,
} as const satisfies Record<string, Check>

export type CheckId = keyof typeof checks
