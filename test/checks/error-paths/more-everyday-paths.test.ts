import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { kindsBesideTests } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

function judge(file: string, before: string, after: string): Promise<string> {
  return kindsBesideTests(reader, file, before, after)
}

describe('low, by one more rule each', () => {
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
    [
      'a reason behind the statement',
      'a.ts',
      'export const ask = () => {\n  view\n    .mount2()\n    .then(answer)\n    .catch(() => {}); // closed without an answer\n}\n',
    ],
    [
      'a failure that stays in its field',
      'p/a.go',
      'package p\n\nfunc (form *FormData) Marks() *FormData {\n\tif form.errors != nil {\n\t\treturn form\n\t}\n\tuse(form)\n\treturn form\n}\n',
    ],
    [
      'a failure passed on beside a bad status',
      'p/a.go',
      'package p\n\nfunc F() (*Response, error) {\n\tif st, err := apply2(); err != nil || st.Code != OK {\n\t\tif err != nil {\n\t\t\treturn nil, errors.Wrap(err, "apply")\n\t\t}\n\t\treturn &Response{Status: st}, nil\n\t}\n\treturn next()\n}\n',
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
