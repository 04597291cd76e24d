import * as z from 'zod'

/**
 * The parts of SARIF 2.1.0 (OASIS standard, with errata 01) that this project writes, strict: a property that is not
 * here is an error. Numbers are sections of the standard.
 */

/** 3.11: at least `text`. 3.11.5: a single brace would be a placeholder. 3.11.6: `](` would be a link. */
const message = z.strictObject({
  text: z
    .string()
    .min(1)
    .regex(/^(?:[^{}]|\{\{|\}\})*$/, 'a placeholder')
    .regex(/^(?!.*\]\()/s, 'an embedded link'),
})

/** 3.4.3: a relative reference that begins with no slash; 3.4.4 with its base. RFC 3986 for its characters. */
const artifactLocation = z.strictObject({
  uri: z.string().regex(/^(?!\/)(?:[A-Za-z0-9\-._~/]|%[0-9A-F]{2})+$/, 'not a relative URI'),
  uriBaseId: z.enum(['%SRCROOT%', '%MERGEBASE%']),
})

/** 3.30.5, 3.30.7: lines are 1-based, and the end is not before the start. */
const region = z
  .strictObject({ startLine: z.int().min(1), endLine: z.int().min(1) })
  .refine(({ startLine, endLine }) => endLine >= startLine, 'ends before it starts')

/** 3.28, 3.29. */
const location = z.strictObject({
  physicalLocation: z.strictObject({ artifactLocation, region: region.optional() }),
  message: message.optional(),
})

/** 3.27.10, 3.58.6. */
const level = z.enum(['none', 'note', 'warning', 'error'])

/** 3.49. */
const rule = z.strictObject({
  id: z.string().min(1),
  shortDescription: message,
  fullDescription: message,
  help: message,
  helpUri: z.url().optional(),
})

/** 3.58. */
const notification = z.strictObject({
  descriptor: z.strictObject({ id: z.string().min(1) }),
  associatedRule: z.strictObject({ id: z.string().min(1) }).optional(),
  level,
  message,
  locations: z.array(location).min(1).optional(),
})

/** 3.20.14, and 3.20.21: an `error` notification means that the run failed. */
const invocation = z
  .strictObject({ executionSuccessful: z.boolean(), toolExecutionNotifications: z.array(notification) })
  .refine(
    ({ executionSuccessful, toolExecutionNotifications }) =>
      executionSuccessful !== toolExecutionNotifications.some(({ level }) => level === 'error'),
    'success does not fit the notifications',
  )

/** 3.27. 3.27.17: a fingerprint's name may end in a version. */
const result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().min(0),
  level,
  message,
  locations: z.array(location).length(1),
  relatedLocations: z.array(location).optional(),
  partialFingerprints: z.strictObject({ 'airworthyExposure/v1': z.string().min(1) }),
  properties: z.strictObject({ kind: z.string(), severity: z.string(), cost: z.number(), level: z.string() }),
})

/** 3.14. 3.14.14: the URI of a base id may be left out. 3.17.3: an id that ends in a slash is a category. */
const run = z
  .strictObject({
    tool: z.strictObject({
      driver: z.strictObject({ name: z.string().min(1), semanticVersion: z.string(), rules: z.array(rule) }),
    }),
    automationDetails: z.strictObject({ id: z.string().endsWith('/') }),
    originalUriBaseIds: z.record(z.string(), z.strictObject({ description: message })),
    invocations: z.array(invocation).length(1),
    results: z.array(result),
    properties: z.strictObject({ verdict: z.string(), confidence: z.number(), policy: z.string() }),
  })
  .superRefine(({ tool, results, originalUriBaseIds }, context) => {
    const places = results.flatMap(({ locations, relatedLocations = [] }) => [...locations, ...relatedLocations])
    const bases = places.map(({ physicalLocation }) => physicalLocation.artifactLocation.uriBaseId)
    const problems = [
      ...results
        .filter(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id !== ruleId)
        .map(() => '3.27.6: ruleIndex'),
      ...bases.filter((id) => !(id in originalUriBaseIds)).map(() => '3.4.4: uriBaseId'),
    ]
    for (const problem of problems) context.addIssue({ code: 'custom', message: problem })
  })

/** 3.13. */
export const sarifLog = z.strictObject({ $schema: z.url(), version: z.literal('2.1.0'), runs: z.array(run).length(1) })
