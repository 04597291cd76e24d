import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf, kindsBesideTests } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

function judge(file: string, before: string, after: string): Promise<string> {
  return kindsBesideTests(reader, file, before, after)
}

const ts = (call: string, does: string): string =>
  `export async function tell(o) {\n  try {\n    await ${call}(o)\n  } catch (e) {\n    logger.warn(e)${does}\n  }\n}\n`

describe('what went on when it failed and fails itself now', () => {
  test.each([
    ['mail', ts('sendMail', ''), ts('sendMail', '\n    throw e'), 'medium untested-propagation'],
    ['money', ts('refundOrder', ''), ts('refundOrder', '\n    throw new Failed(e)'), 'medium untested-handler'],
    ['anything else', ts('measure', ''), ts('measure', '\n    throw e'), 'low untested-propagation'],
  ])('%s', async (_, before, after, says) => expect(await judge('a.ts', before, after)).toBe(says))
})

const PAYS = (also: string): string =>
  `def pay(db, key):\n    try:\n        create(db, key)\n    except PayError as e:\n${also}        report(e)\n        return failed(db, key)\n`

describe('a handler that calls its own function', () => {
  test.each([
    [
      'after a pause tries again',
      "        if e.code == 'in_use':\n            sleep(1)\n            return pay(db, key)\n",
      'medium untested-handler',
    ],
    [
      'without one may be a walk',
      "        if e.code == 'in_use':\n            return pay(db, key.next)\n",
      'low untested-handler',
    ],
  ])('%s', async (_, also, says) => expect(await judge('a.py', PAYS(''), PAYS(also))).toBe(says))
})

const refuses = (guard: string, message: string): string =>
  `export async function reset(dto) {\n  const o = await load(dto)\n  ${guard}throw new BadRequest('${message}')\n}\n`

describe('a refusal of what proves who somebody is', () => {
  test.each([
    ['', 'Incorrect code', 'medium untested-raise'],
    ['if (!o) ', 'Invalid or expired token', 'medium untested-raise'],
    ['if (!o) ', 'wrong password', 'medium untested-raise'],
    ['if (!o) ', 'Invalid webhook signature', 'medium untested-raise'],
    ['if (!o) ', 'Invalid token at position 3', 'low untested-raise'],
    ['if (!o) ', 'Invalid country code', 'low untested-raise'],
  ])('%s%s', async (guard, message, says) => expect(await judge('a.ts', '', refuses(guard, message))).toBe(says))
})

const answers = (asked: string): string =>
  `export async function addKey(req, res, next) {\n  if (${asked}) {\n    return res.status(400).json({ message: 'No more keys' })\n  }\n  next()\n}\n`

describe('a setting that refuses clients', () => {
  test.each([
    ['is a rule where it is on', "config.get('noNewKeys')", 'medium untested-raise'],
    ['is set-up where it is missing', "!config.get('keys')", 'low untested-raise'],
  ])('%s', async (_, asked, says) => expect(await judge('a.ts', '', answers(asked))).toBe(says))
})

const go = (body: string): string => `package p\n\nfunc serve(conn Conn) {\n${body}\n}\n`
const WRITES = (does: string): string =>
  go(`\tif err := conn.Flush2(reply); err != nil {\n\t\t${does}\n\t\treturn\n\t}\n\tuse()`)

test('Go: a dropped error said aloud leaves the handler around it as it was', async () => {
  expect(await judge('p/a.go', WRITES('conn.Shut()'), WRITES('_ = conn.Shut()'))).toBe('low untested-handler')
})

test('Go: a buffer that is not given back is no report that is dropped', async () => {
  const said = await judge('p/a.go', WRITES('l.readPool.Put(buf)'), WRITES(''))
  expect(said).not.toMatch(/medium|high|report-dropped/)
})

test('a handler that stays is not new where one that looks like it comes above it', async () => {
  const ticks = (more: string): string =>
    `export async function tick() {\n  try {\n    await claim()\n${more}  } catch (e) {\n    logger.error(e)\n  }\n}\n`
  const after = ticks('    await run().catch((e) => {\n      logger.error(e)\n    })\n')
  expect(await exposuresOf(reader, 'error-paths', { 'a.ts': ticks('') }, { 'a.ts': after })).toEqual([
    'medium untested-handler a.ts:4',
  ])
})

test('a condition of one word stands in a function more than once: nothing is silenced', async () => {
  const errs = (old: string): string =>
    `package p\n\nfunc Handle(err error) error {\n\tif e, ok := as(err); ok {\n\t\treturn known(e)\n\t}\n${old}\tif _, ok := plain(err); ok {\n\t\treturn nil\n\t}\n\treturn err\n}\n`
  const old = '\tif e, ok := asOld(err); ok {\n\t\treturn errors.New("of the old driver")\n\t}\n'
  expect(await judge('p/a.go', errs(old), errs(''))).not.toContain('hidden')
})

test('the one failure that a handler newly lets pass is named: low', async () => {
  const drops = (does: string): string =>
    `package p\n\nfunc Drop() error {\n\terr := db.DeleteAll()\n\tif err != nil {\n${does}\t}\n\treturn next()\n}\n`
  const one = '\t\tif _, ok := err.(NotThere); !ok {\n\t\t\treturn err\n\t\t}\n'
  expect(await judge('p/a.go', drops('\t\treturn err\n'), drops(one))).toMatch(/^low [a-z-]+$/)
})
