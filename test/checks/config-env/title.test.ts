import { expect, test } from 'vitest'
import { raised } from '../../support/config-change.ts'

type Case = readonly [
  title: string | null,
  key: string,
  before: string,
  after: string,
  severity: 'medium' | 'high' | null,
]

/** Each title that says what is done, beside those that do not. */
const CASES: readonly Case[] = [
  [null, 'web.replicas', '10', '4', null],
  [null, 'web.replicas', '10', '1', 'medium'],
  ['Scale down web', 'web.replicas', '10', '4', null],
  ['Revert "Increase replicas of web"', 'web.replicas', '10', '4', null],
  ['autoscaling: fewer pods', 'web.maxReplicas', '10', '4', null],
  ['Increase replicas', 'web.replicas', '10', '1', 'medium'],
  ['Longer liveness probe', 'web.maxReplicas', '20', '2', 'medium'],
  ['Raise the memory limit', 'web.replicas', '10', '1', 'medium'],
  ['Scale down web', 'web.replicas', '4', '1', null],
  ['Scale down web', 'web.replicas', '18', '1', 'medium'],
  ['Scale web to a single instance', 'web.replicas', '18', '1', null],
  ['Scale web to 2', 'web.replicas', '18', '2', null],
  ['Scale web', 'web.replicas', '4', '0', 'high'],
  ['Scale web', 'web.minReplicas', '4', '0', 'medium'],
  ['Turn off web for the move', 'web.replicas', '4', '0', null],
  [null, 'requestTimeout', '1', '5', null],
  [null, 'requestTimeout', '10', '50', 'medium'],
  ['Stop all instances of web', 'web.replicas', '4', '0', null],
  ['Lower memory of web', 'web.resources.limits.memory', '2Gi', '1Gi', null],
  ['Update web', 'web.resources.limits.memory', '2Gi', '1Gi', 'medium'],
  ['Longer timeout for reports', 'reportTimeoutMs', '1000', '60000', null],
  ['New reports', 'reportTimeoutMs', '1000', '60000', 'medium'],
  [null, 'report_lambda.timeout', '30', '300', null],
  [null, 'report_lambda.timeout', '300', '30', 'medium'],
  ['Disable sampling of traces', 'tracesSampleRate', '0.1', '0', null],
  ['Update web', 'tracesSampleRate', '0.1', '0', 'medium'],
  ['Tune the pool', 'db.pool', '50', '20', null],
  ['Tune the pool', 'db.pool', '50', '5', 'medium'],
  ['Pool of 5 is enough', 'db.pool', '50', '5', null],
  ['Move reports to another queue', 'reports.replicas', '10', '4', null],
  ['Move reports to another queue', 'reports.replicas', '20', '2', 'medium'],
  ['Faster reports\n\n* new index\n* Tune the pool', 'db.pool', '50', '20', null],
  ['Faster reports\n\n* new index\n* More reports in the pool', 'db.pool', '50', '20', 'medium'],
  ['Find the fault: write a debug log', 'logLevel', 'info', 'debug', null],
  ['Find the fault', 'logLevel', 'info', 'debug', 'medium'],
  ['Disable TLS', 'db.sslMode', 'require', 'disable', 'high'],
]

test.each(CASES)('%s: %s from %s to %s', (title, key, before, after, severity) => {
  const path = 'helm/values-production.yaml'
  const yaml = (value: string): string =>
    key
      .split('.')
      .reduceRight<string>(
        (inner, part, at) => `${'  '.repeat(at)}${part}:${inner === value ? ` ${value}\n` : `\n${inner}`}`,
        value,
      )
  const found = raised({ [path]: [yaml(before), yaml(after)] }, undefined, undefined, title ?? undefined)
  expect(found.map((line) => line.split(' ')[0])).toEqual(severity === null ? [] : [severity])
})
