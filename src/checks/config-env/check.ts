import { keyName } from '../../facts/config/config-entry.ts'
import type { ConfigFactsOfChange } from '../../facts/config/config-facts.ts'
import { matchesPattern } from '../../facts/config/name-pattern.ts'
import { defineCheck, type Exposure, type Outcome } from '../define-check.ts'
import { undefinedInApplication } from './application-variables.ts'
import { brokenFiles, notStrings } from './broken-files.ts'
import { missingChartValues, removedChartValues } from './chart-values.ts'
import { addressesNowConfigured, riskyDefaults, weakenedInCode } from './code-defaults.ts'
import { undefinedInCompose } from './compose-variables.ts'
import { missingKeys } from './missing-keys.ts'
import { newReads, removedButRead } from './new-reads.ts'
import { missingObjectKeys } from './object-keys.ts'
import { type ConfigEnvOptions, configEnvOptions } from './options.ts'
import { parityTable } from './parity-table.ts'
import { notNumbers } from './read-as-number.ts'
import { riskyChanges } from './risky-changes.ts'
import { shapeDifferences } from './shape-parity.ts'
import { groupsOf, siblingPairs } from './sibling-pairs.ts'
import { touchedSettings } from './touched.ts'
import { committedSecrets, leaks, placeholders, sharedSecrets } from './value-faults.ts'
import { weakenedPipelines, weakenedPolicy } from './weakened-gate.ts'
import { newWorkflowSecrets } from './workflow-secrets.ts'

/** Tests run in one environment; the key that is missing or shaped differently in another is found by whoever is on call there. */
export const configEnv = defineCheck({
  id: 'config-env',
  title: 'Configuration is complete and consistent in every environment',
  question: 'Is configuration complete and consistent in every environment?',
  needs: ['config'],
  options: configEnvOptions,
  assess(change, { config: facts }, options): Outcome {
    if (
      facts.files.length +
        facts.reads.length +
        facts.credentials.length +
        facts.moved.length +
        facts.switches.length ===
      0
    ) {
      return { status: 'not-applicable', reason: 'No configuration and no code that reads it was changed.' }
    }
    const unread = facts.files.filter(({ base, head }) => isUnread(head) || isUnread(base))
    if (unread.length > 0 && unread.length === facts.files.length) {
      return {
        status: 'unknown',
        reason: `The contents of ${unread.length === 1 ? 'the changed configuration file' : `${unread.length} changed configuration files`} could not be read.`,
      }
    }
    const touched = touchedSettings(facts)
    const groups = groupsOf(facts)
    const pairs = siblingPairs(touched, groups)
    const exposures = [
      ...missingKeys(touched, facts, groups, change.title),
      ...shapeDifferences(pairs),
      ...notNumbers(touched, facts),
      ...leaks(touched, change),
      ...placeholders(touched, pairs),
      ...sharedSecrets(pairs),
      ...committedSecrets(touched, facts),
      ...riskyChanges(touched, change, groups),
      ...riskyDefaults(facts, change),
      ...addressesNowConfigured(facts),
      ...weakenedInCode(facts, change),
      ...newReads(facts, options.provided),
      ...removedButRead(facts),
      ...undefinedInApplication(facts, options.provided),
      ...brokenFiles(facts),
      ...notStrings(touched),
      ...missingChartValues(facts, groups),
      ...removedChartValues(facts, groups),
      ...missingObjectKeys(facts),
      ...newWorkflowSecrets(facts),
      ...undefinedInCompose(facts),
      ...weakenedPolicy(touched),
      ...weakenedPipelines(facts),
    ]
    const judged = exposures.map((exposure): Exposure => ({ ...withExpectation(exposure, options), concealed: true }))
    const table = parityTable(touched, groups, judged)
    return { status: 'assessed', exposures: judged.toSorted(byPlace), ...(table === null ? {} : { table }) }
  },
})

function isUnread(file: ConfigFactsOfChange['files'][number]['head']): boolean {
  return file?.parsed.status === 'skipped' && file.parsed.reason.startsWith('its text')
}

/** The policy expects this key to differ in this way. The anchor begins with the key. */
function withExpectation(exposure: Exposure, options: ConfigEnvOptions): Exposure {
  const key = keyName((exposure.anchor.split(':')[0] ?? '').split('\u0000'))
  const expected = options.expected.some(
    ({ keys, kinds }) =>
      (kinds.length === 0 || kinds.includes(exposure.kind)) &&
      keys.some((pattern) => matchesPattern(pattern, key) || matchesPattern(pattern, key.split('.').at(-1) ?? '')),
  )
  return expected
    ? {
        ...exposure,
        evidence: [...exposure.evidence, { kind: 'config', says: 'the policy expects this key to differ' }],
      }
    : exposure
}

function byPlace(a: Exposure, b: Exposure): number {
  if (a.at.path !== b.at.path) return a.at.path < b.at.path ? -1 : 1
  return a.at.startLine - b.at.startLine || (a.kind < b.kind ? -1 : 1)
}
