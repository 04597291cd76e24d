import * as z from 'zod'
import { compileScope, ScopeError } from '../change/path-scope.ts'
import type { Check, SEVERITIES } from '../checks/define-check.ts'
import { type CheckId, checks } from '../checks/index.ts'
import { catalogSchema } from '../facts/behaviour/catalog-schema.ts'
import { LEVELS } from './policy.ts'

/** Every check a policy can name, in the registry's order. */
export const CHECK_IDS: readonly CheckId[] = Object.keys(checks).filter(isCheckId)

function isCheckId(id: string): id is CheckId {
  return Object.hasOwn(checks, id)
}

const name = z.string().min(1).max(100)
/** One glob, wherever it stands in its list. */
const glob = z
  .string()
  .min(1, { abort: true })
  .check(({ value, issues }) => {
    const message = scopeFault(['**', value])
    if (message !== null) issues.push({ code: 'custom', message, input: value })
  })

const scope = z
  .array(glob)
  .max(1000)
  .check(({ value, issues }) => {
    const [first] = value
    const message = first?.startsWith('!') ? scopeFault([first]) : null
    if (message !== null) issues.push({ code: 'custom', message, input: first, path: [0] })
  })

function scopeFault(globs: readonly string[]): string | null {
  try {
    compileScope(globs)
    return null
  } catch (error) {
    if (error instanceof ScopeError) return error.message
    throw error
  }
}

const paths = scope.min(1)
const level = z
  .enum(LEVELS)
  .describe(
    'off: not run. note or warn: said, and never blocks by itself. block: an uncovered exposure of medium or more fails the review.',
  )
const points = z.number().min(0).max(90)

const mode = z
  .enum(['enforce', 'advise'])
  .describe('enforce: the verdict is pass or fail. advise: the same review, and nothing is ever blocked.')
const pass = z.number().min(0).max(100).describe('The review fails when the confidence (0 to 100) is below this.')
const onError = z
  .enum(['block', 'allow'])
  .describe(
    'What it means on GitHub when Airworthy itself fails. block: not mergeable until it answers. allow: said, and nothing is blocked.',
  )
const labelName = z.string().trim().min(1).max(50)
const labels = z
  .strictObject({
    pass: labelName.describe('Label of a pull request whose verdict is pass.').optional(),
    fail: labelName.describe('Label of a pull request whose verdict is fail.').optional(),
    advise: labelName.describe('Label of a pull request whose verdict is advise.').optional(),
  })
  .describe(
    'Labels on GitHub, by verdict: the one of the verdict is set, the others named here are removed. No other label is touched.',
  )
const environments = z
  .array(name)
  .describe(
    'Names of the environments that must agree with each other, as files and sections name them; `*` stands for any text: `tenant-*`.',
  )
const journey = z.strictObject({
  name: name.describe('What the report calls it: checkout.'),
  paths: paths.describe('Globs of its code, from the root of the repository.'),
  factor: z.number().min(1).max(10).describe('How many times as much an exposure there costs, 1 to 10.'),
})
const critical = z
  .array(journey)
  .describe(
    'The journeys that pay the rent: exposures in their code cost more. The largest factor that matches counts.',
  )
const ignore = scope.describe('Globs of files that are not reviewed at all.')
const price = {
  low: points.describe('Points of confidence an uncovered exposure of severity low takes, 0 to 90.'),
  medium: points.describe('Points of confidence an uncovered exposure of severity medium takes, 0 to 90.'),
  high: points.describe('Points of confidence an uncovered exposure of severity high takes, 0 to 90.'),
  critical: points.describe('Points of confidence an uncovered exposure of severity critical takes, 0 to 90.'),
} as const satisfies Record<(typeof SEVERITIES)[number], z.ZodType>

function byCheck<T extends z.ZodType>(schemaOf: (check: Check) => T) {
  return z.strictObject(Object.fromEntries(CHECK_IDS.map((id) => [id, schemaOf(checks[id]).optional()])))
}

/** In a file every option may be left to the policy it extends; after folding none may be missing. */
function checkEntry(check: Check) {
  if (!(check.options instanceof z.ZodObject))
    throw new TypeError(`the options of check ${check.id} are not a zod object`)
  const options = check.options
    .partial()
    .describe(`Options of ${check.id}. What is left out comes from the extended policy.`)
  const full = z.strictObject({ level: level.optional(), options: options.optional() })
  return z.union([level, full]).describe(`${check.question} A level, or a level with options.`)
}

const catalog = catalogSchema.describe(
  'Frameworks, flag SDKs, signals and clients of your own, in the form of Airworthy’s catalog: they are known besides those.',
)
const overridePaths = paths.describe('Globs of the files it holds for.')

/** What a policy file may say, and no more. Optional keys come from the policy it extends. */
export const policyFileSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of this format: 1.'),
    extends: z
      .string()
      .min(1)
      .max(500)
      .meta({ examples: ['recommended', 'strict', 'advisory', './base.yml'] })
      .describe(
        'The policy this one builds on: a preset (recommended, strict, advisory) or a file of this repository, relative to this one (./base.yml). Without it: recommended.',
      )
      .optional(),
    mode: mode.optional(),
    onError: onError.optional(),
    labels: labels.optional(),
    confidence: z.strictObject({ pass }).partial().describe('How sure the review must be.').optional(),
    prices: z
      .strictObject(price)
      .partial()
      .describe('What an uncovered exposure costs, in points of confidence, by severity.')
      .optional(),
    environments: environments.optional(),
    critical: critical.optional(),
    ignore: ignore.optional(),
    checks: byCheck(checkEntry).describe('Level and options of each check.').optional(),
    overrides: z
      .array(
        z.strictObject({
          paths: overridePaths,
          checks: byCheck(() => level).describe('The level of each check there.'),
        }),
      )
      .describe('Other levels for some paths. The last entry that matches a path and names the check wins.')
      .optional(),
    catalog: catalog.optional(),
  })
  .meta({
    title: 'Airworthy policy',
    description: 'The rules by which Airworthy reviews changes to this repository: .github/airworthy.yml',
  })

export type PolicyFileContent = z.output<typeof policyFileSchema>

/** The folded policy: everything the file may leave out is there. The options of each check are judged by its own schema. */
export const completePolicySchema = z.strictObject({
  mode,
  onError,
  labels,
  confidence: z.strictObject({ pass }),
  prices: z.strictObject(price),
  environments,
  critical,
  ignore,
  checks: z.record(z.enum(CHECK_IDS), z.strictObject({ level, options: z.unknown() })),
  overrides: z.array(z.strictObject({ paths: overridePaths, checks: z.partialRecord(z.enum(CHECK_IDS), level) })),
  catalog: catalog.optional(),
})
