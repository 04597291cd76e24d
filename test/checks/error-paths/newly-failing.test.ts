import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

/** What is said of one file that changes, in a repository that has tests. */
async function judge(file: string, before: string, after: string): Promise<string> {
  const suite = { 'tests/test_other.py': 'def test_other():\n    assert other()\n' }
  const said = await exposuresOf(reader, 'error-paths', { ...suite, [file]: before }, { ...suite, [file]: after })
  return said.map((one) => one.split(' ').slice(0, 2).join(' ')).join(', ')
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

describe('low', () => {
  test.each([
    [
      'a panic',
      'p/a.go',
      'package p\n\nfunc Keys(a, b []T) {\n\tif len(a) != len(b) {\n\t\tpanic(mine.New("BCE"))\n\t}\n}\n',
    ],
    [
      'an answer about one item',
      'p/a.go',
      'package p\n\nfunc All(a []T) []T {\n\treturn slices.DeleteFunc(a, func(o T) bool {\n\t\tif err := fill(o); err != nil {\n\t\t\tlog.Error(err)\n\t\t\treturn true\n\t\t}\n\t\treturn false\n\t})\n}\n',
    ],
    [
      'one of many that are started in a loop',
      'p/a.go',
      'package p\n\nfunc All(a []T) {\n\tfor _, o := range a {\n\t\tgroup.Go(func() {\n\t\t\tif err := fill(o); err != nil {\n\t\t\t\tlog.Error(err)\n\t\t\t}\n\t\t})\n\t}\n}\n',
    ],
    [
      'a failure that a type switch tells apart and passes on',
      'p/a.go',
      'package p\n\nfunc List() error {\n\tif err := walk(); err != nil {\n\t\tswitch err := err.(type) {\n\t\tcase Missing:\n\t\t\treturn Unknown{}\n\t\tdefault:\n\t\t\treturn err\n\t\t}\n\t}\n\treturn nil\n}\n',
    ],
    [
      'a sentinel of the package that says there is none',
      'p/a.go',
      'package p\n\nfunc Drop() error {\n\tdb, err := folder()\n\tif errors.Is(err, errFolderNotFound) {\n\t\treturn nil\n\t}\n\treturn db.Drop2()\n}\n',
    ],
    [
      'what failed before is compared with',
      'p/a.go',
      'package p\n\nfunc Set(err error) {\n\tif oldErr != nil {\n\t\tschedule()\n\t}\n}\n',
    ],
    [
      'a cache',
      'p/a.go',
      'package p\n\nfunc (c *caseCache) Added(n string) {\n\tnode, err := c.find2(n)\n\tif err != nil {\n\t\treturn\n\t}\n\tuse(node)\n}\n',
    ],
    [
      'a command',
      'tools/a.py',
      'import argparse\n\ndef positive(o):\n    if o.seats < o.free:\n        raise RoomFull(o)\n',
    ],
    [
      'a cache, by what is logged',
      'a.ts',
      "export async function set(o) {\n  try {\n    await store.put2(o)\n  } catch (e) {\n    logger.warn('Failed to cache the state of a run', e)\n  }\n}\n",
    ],
    [
      'a screen that shows a refusal',
      'src/components/Entry.tsx',
      "export const set = (id) => {\n  change(id).catch((error) => {\n    showErrorNotification(keyOf(error).withCode(403, 'missingPermissions'))\n  })\n}\n",
    ],
    [
      'a pragma with its reason',
      'a.py',
      'def f(o):\n    try:\n        store(o)\n    except Exception:  # pragma: no cover - defensive logging\n        logger.error(o)\n',
    ],
    [
      'the header of a request that is parsed',
      'p/a.go',
      'package p\n\nfunc F(h http.Header) string {\n\tu, err := url.Parse(h.Get("Location"))\n\tif err != nil {\n\t\treturn redact(h)\n\t}\n\treturn u.Host\n}\n',
    ],
    [
      'a given failure that is asked for more',
      'p/a.go',
      'package p\n\nfunc F(w Writer, given error) {\n\tvar more *WithHeaders\n\tif errors.As(given, &more) {\n\t\tw.Take(more.Headers)\n\t}\n\tuse(w)\n}\n',
    ],
    [
      'a failure that is sent to who listens',
      'p/a.go',
      'package p\n\nfunc F(c chan Event) error {\n\tdata, err := load2()\n\tif err != nil {\n\t\tif !maybeSend(c, &ErrorEvent{err}) {\n\t\t\treturn nil\n\t\t}\n\t}\n\tuse(data)\n\treturn nil\n}\n',
    ],
    [
      'the failure of an item that goes into the answer',
      'p/a.go',
      'package p\n\nfunc F(c Conn) {\n\tfor o := range list() {\n\t\tif o.Err != nil {\n\t\t\tsendResponse(c, Response{Error: o.Err})\n\t\t\tcontinue\n\t\t}\n\t\tuse(o)\n\t}\n}\n',
    ],
    ['a bare 404', 'a.ts', "const f = (req, res) => { if (req.url !== '/metrics') return res.status(404).end() }\n"],
    [
      'a function that starts itself again later',
      'a.ts',
      'export const tick = async () => {\n  try {\n    await claim()\n  } catch (e) {\n    logger.error(e)\n  }\n  setTimeout(tick, 1000)\n}\n',
    ],
    [
      'a heartbeat',
      'a.ts',
      'export const startHeartbeat = () => {\n  const beat = () => store.upsert(id).catch((e) => { logger.warn(e) })\n  beat()\n}\n',
    ],
    [
      'one of two ways, by its comment',
      'a.py',
      'def read(data):\n    try:\n        # As DER first, then fall back to PEM.\n        return der(data)\n    except ReadError:\n        return pem(data)\n',
    ],
    [
      'a status worked out from the failure',
      'a.ts',
      'export async function post(req, res) {\n  const made = await make(req)\n  if (made.isErr()) {\n    const failed = toHttp(made.error)\n    res.status(failed.status).send(failed.body)\n    return\n  }\n  res.send(made.value)\n}\n',
    ],
    [
      'a form on a screen',
      'src/pages/Form.tsx',
      "export const check = (o, ctx) => { if (o.emails.length >= MAX) ctx.addIssue({ message: 'too many of them' }) }\n",
    ],
    [
      'a reason above the statement before',
      'a.ts',
      'export async function post(req, res) {\n  // A failure here costs the link, not the warning.\n  let url = null\n  if (req.any) {\n    const found = await customer(req)\n    if (found.isErr()) {\n      report(found.error)\n    } else {\n      url = found.value\n    }\n  }\n  res.send({ url })\n}\n',
    ],
    [
      'a client in the browser that tells the person',
      'app/client/Panel.ts',
      'export function load() {\n  fetchAll().catch(reportError)\n}\n',
    ],
  ])('%s', async (_, file, text) => expect(await judge(file, '', text)).toMatch(/^(?:low [a-z-]+(?:, )?)*$/))
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
