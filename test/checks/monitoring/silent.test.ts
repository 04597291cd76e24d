import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

function assess(before: Files, after: Files): Promise<readonly string[]> {
  return exposuresOf(reader, 'monitoring', before, after)
}

const remind = (handler: string): string =>
  `export async function remind(user) {\n  try {\n    await sendMail(user)\n  } catch (error) {\n${handler}  }\n}\n`
const CALL = 'export async function remind(user) {\n  await sendMail(user)\n}\n'

describe('a failure that nobody hears of', () => {
  test.each<[string, string, string, string, readonly string[]]>([
    ['lost mail', 'a.ts', CALL, remind(''), ['medium silent-failure a.ts:4']],
    ['answered as success', 'a.ts', CALL, remind('    return { ok: true }\n'), ['medium silent-failure a.ts:4']],
    ['logged', 'a.ts', CALL, remind('    logger.error(error)\n'), ['medium silent-failure a.ts:4 (covered)']],
    [
      'reported',
      'a.ts',
      CALL,
      remind('    Sentry.captureException(error)\n'),
      ['medium silent-failure a.ts:4 (covered)'],
    ],
    ['said why', 'a.ts', CALL, remind('    // mail is a nicety: the page shows the reminder too\n'), []],
    ['passed on', 'a.ts', CALL, remind('    throw error\n'), []],
    ['answered to the client', 'a.ts', CALL, remind("    return res.status(502).json({ error: 'mail' })\n"), []],
    ['handed to a helper', 'a.ts', CALL, remind('    this.handleError(error)\n    return null\n'), []],
    ['in a browser', 'a.tsx', CALL, remind(''), []],
    ['in a script', 'scripts/a.ts', CALL, remind(''), []],
    ['in a test', 'a.test.ts', CALL, remind(''), []],
    ['a parse with a default', 'a.ts', '', 'function f(s) { try { return JSON.parse(s) } catch { return null } }', []],
    [
      'a verdict',
      'a.ts',
      '',
      'function isValid(s) { try { createSchema(s); return true } catch { return false } }',
      [],
    ],
    [
      'a signature that does not fit',
      'a.ts',
      '',
      'async function verifySignature(s) { try { await sendKey(s); return true } catch { return false } }',
      [],
    ],
    [
      'a store that cannot be asked, read as a file that is missing',
      'a.ts',
      '',
      'async function fileExists(s) { try { await client.send(s); return true } catch { return false } }',
      ['low silent-failure a.ts:1'],
    ],
    [
      'kinds of failure named by a predicate',
      'a.go',
      'package p\n',
      'package p\n\nfunc isRetryable(err error) bool {\n\tif errors.Is(err, io.EOF) {\n\t\treturn true\n\t}\n\treturn false\n}\n',
      [],
    ],
    [
      'a failure that somebody else met, kept by a filter',
      'a.go',
      'package p\n',
      'package p\n\nfunc f(items []Item) []Item {\n\treturn filter(items, func(item Item) bool {\n\t\tif item.Err != nil {\n\t\t\treturn true\n\t\t}\n\t\treturn item.Ok\n\t})\n}\n',
      [],
    ],
    [
      'a try of some, that fails in the end',
      'a.go',
      'package p\n',
      'package p\n\nfunc (c *Client) send(m Mail) error {\n\tvar err error\n\tfor attempt := range 3 {\n\t\terr = c.sendMail(m)\n\t\tif err != nil {\n\t\t\tcontinue\n\t\t}\n\t\tbreak\n\t}\n\tif err != nil {\n\t\treturn err\n\t}\n\treturn nil\n}\n',
      [],
    ],
    [
      'on a phone',
      'a.ts',
      "import * as Mail from 'expo-mail'\n",
      `import * as Mail from 'expo-mail'\n${remind('')}`,
      [],
    ],
    ['a file that is swept up', 'a.ts', '', 'export const sweep = () => deleteFile(path).catch(() => {})\n', []],
    [
      'an asset of a user',
      'a.ts',
      '',
      'export const drop = () => deleteAsset(asset).catch(() => {})\n',
      ['low silent-failure a.ts:1'],
    ],
    [
      'what is left of a customer',
      'a.ts',
      '',
      'export const forget = () => deleteUserData(user).catch(() => {})\n',
      ['medium silent-failure a.ts:1'],
    ],
    [
      'money, through the client that moves it',
      'a.ts',
      "import Stripe from 'stripe'\n",
      "import Stripe from 'stripe'\nexport async function give(o) {\n  try {\n    await stripe.refunds.create({ charge: o.id })\n  } catch {}\n}\n",
      ['low silent-outbound-call a.ts:4', 'medium silent-failure a.ts:5'],
    ],
    [
      'mail that failed and is counted as failed',
      'a.go',
      'package p\n',
      'package p\n\nfunc f() int {\n\tfailed := 0\n\tif err := sendMail(order); err != nil {\n\t\tfailed++\n\t}\n\treturn failed\n}\n',
      ['low silent-failure a.go:5'],
    ],
    [
      'whether a payment was made',
      'a.ts',
      '',
      'export async function f(o) { try { await getPayment(o); await saveNote(o) } catch {} }\n',
      ['low silent-failure a.ts:1'],
    ],
    [
      'work that nobody is hurt by, and its report gone',
      'a.ts',
      remind('    logger.error(error)\n').replace('sendMail', 'saveNote'),
      remind('').replace('sendMail', 'saveNote'),
      ['low error-report-removed a.ts:4'],
    ],
    ['a cleanup', 'a.ts', '', 'async function f() { try { await socket.close() } catch {} }', []],
    ['moved', 'a.ts', remind(''), `const x = 1\n${remind('')}`, []],
    [
      'the report removed',
      'a.ts',
      remind('    logger.error(error)\n'),
      remind(''),
      ['medium error-report-removed a.ts:4'],
    ],
    [
      'the report lowered',
      'a.ts',
      remind('    logger.error(error)\n'),
      remind('    logger.debug(error)\n'),
      ['low error-log-lowered a.ts:4'],
    ],
    [
      'the report reworded',
      'a.ts',
      remind("    logger.error('a', error)\n"),
      remind("    logger.error('b', error)\n"),
      [],
    ],
    [
      'the report in another library',
      'a.ts',
      remind('    logger.error(error)\n'),
      remind('    Sentry.captureException(error)\n'),
      [],
    ],
    [
      'Python, lost write',
      'a.py',
      '',
      'def f(o):\n    try:\n        save_order(o)\n    except Exception:\n        pass\n',
      ['low silent-failure a.py:4'],
    ],
    [
      'Python, lost mail',
      'a.py',
      '',
      'def f(o):\n    try:\n        send_mail(o)\n    except Exception:\n        pass\n',
      ['medium silent-failure a.py:4'],
    ],
    [
      'Python, a missing row',
      'a.py',
      '',
      'def f(i):\n    try:\n        return Order.objects.get(id=i)\n    except Order.DoesNotExist:\n        return None\n',
      [],
    ],
    [
      'Python, lowered',
      'a.py',
      'def f(o):\n    try:\n        save_order(o)\n    except Exception:\n        logger.exception("x")\n',
      'def f(o):\n    try:\n        save_order(o)\n    except Exception:\n        logger.debug("x")\n',
      ['low error-log-lowered a.py:4'],
    ],
    [
      'Go, lost publish',
      'a.go',
      'package p\n',
      'package p\n\nfunc f() {\n\tif err := publish(order); err != nil {\n\t\tcount++\n\t}\n}\n',
      ['low silent-failure a.go:4'],
    ],
    [
      'Go, passed on',
      'a.go',
      'package p\n',
      'package p\n\nfunc f() error {\n\tif err := publish(order); err != nil {\n\t\treturn err\n\t}\n\treturn nil\n}\n',
      [],
    ],
  ])('%s', async (_, path, before, after, expected) => {
    const said = await assess({ [path]: before }, { [path]: after })
    expect(said.filter((one) => !one.startsWith('not-applicable'))).toEqual(expected)
  })
})

test("a team's own reporting counts when the policy names it", async () => {
  const policy = 'version: 1\nextends: recommended\nchecks:\n  monitoring: { options: { calls: [ledger.record] } }\n'
  const after = { 'a.ts': remind('    ledger.record(error)\n    return { ok: true }\n') }
  expect(await assess({ 'a.ts': CALL }, after)).toEqual(['medium silent-failure a.ts:4'])
  expect(await exposuresOf(reader, 'monitoring', { 'a.ts': CALL }, after, { policy })).toEqual([
    'medium silent-failure a.ts:4 (covered)',
  ])
})

describe('a new way in', () => {
  const CRON = "import cron from 'node-cron'\ncron.schedule('0 4 * * *', async () => {\n  await expire()\n})\n"
  const EXPRESS =
    "import { Router } from 'express'\nconst router = Router()\nrouter.post('/refunds', async (req, res) => {\n  await give(req.body)\n})\n"
  const SENTRY = { 'package.json': '{ "dependencies": { "@sentry/node": "8" } }' }
  const OTEL_HTTP = { 'package.json': '{ "dependencies": { "@opentelemetry/instrumentation-http": "1" } }' }
  test.each<[string, Files, string, readonly string[]]>([
    [
      'no monitoring anywhere: one note',
      {},
      `${EXPRESS}${EXPRESS.split('\n').slice(2).join('\n').replace('refunds', 'charges')}`,
      ['low no-telemetry a.ts:3'],
    ],
    [
      'a job that tracing of requests does not see',
      OTEL_HTTP,
      CRON.replace('expire', 'expireAll'),
      ['medium silent-schedule a.ts:2'],
    ],
    ['a job under an error reporter', SENTRY, CRON, ['medium silent-schedule a.ts:2 (covered)']],
    ['a route under request tracing', OTEL_HTTP, EXPRESS, ['low silent-route a.ts:3 (covered)']],
    [
      'a job that logs',
      OTEL_HTTP,
      CRON.replace('await expire()', 'logger.info(await expire())'),
      ['medium silent-schedule a.ts:2 (covered)'],
    ],
    [
      'a debug line is no signal',
      OTEL_HTTP,
      CRON.replace('await expire()', 'logger.debug(await expire())'),
      ['medium silent-schedule a.ts:2'],
    ],
    [
      'what it calls logs',
      OTEL_HTTP,
      `${CRON}async function expire() {\n  log.info('expired')\n}\n`,
      ['medium silent-schedule a.ts:2 (covered)'],
    ],
    [
      'an alert that names it',
      { 'alerts/shop.yml': 'groups:\n  - rules:\n      - alert: Refunds\n        expr: errors{path="/refunds"} > 0\n' },
      EXPRESS,
      ['low silent-route a.ts:3 (covered)'],
    ],
    [
      'an alert that names another',
      {
        'alerts/shop.yml':
          'groups:\n  - rules:\n      - alert: Refunds\n        expr: errors{path="/refunds-old"} > 0\n',
      },
      EXPRESS,
      ['low no-telemetry a.ts:3'],
    ],
    ['a health endpoint', {}, EXPRESS.replace('/refunds', '/health'), []],
    ['a command', {}, "import { Command } from 'commander'\nprogram.command('refund <id>')\n", []],
  ])('%s', async (_, repository, after, expected) => {
    expect(await assess({ ...repository, 'a.ts': '' }, { ...repository, 'a.ts': after })).toEqual(expected)
  })
  test.each([
    ['Dockerfile', 'CMD ["node", "--require", "dd-trace/init", "a.js"]'],
    ['k8s/deployment.yaml', 'metadata:\n  annotations:\n    instrumentation.opentelemetry.io/inject-nodejs: "true"\n'],
    ['Procfile', 'web: newrelic-admin run-program gunicorn app'],
  ])('the agent stands in %s', async (path, text) => {
    expect(await assess({ [path]: text }, { [path]: text, 'a.ts': EXPRESS })).toEqual([
      'low silent-route a.ts:3 (covered)',
    ])
  })
})
