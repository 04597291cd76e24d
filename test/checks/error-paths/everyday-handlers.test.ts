import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { severitiesOfNew } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const LOGGED = 'catch (e) { logger.warn(e) }'

describe('handlers that everybody writes are low', () => {
  test.each([
    ['a listener that logs', 'a.ts', "function f(ws) { ws.on('error', log) }"],
    ['a listener that ends a wait', 'a.ts', "function f(ws) { ws.once('error', done) }"],
    [
      'only one failure is quiet',
      'a.ts',
      "async function f() { try { await link(a) } catch (e) { if (e.code !== 'EEXIST') throw e } }",
    ],
    ['a computation', 'a.ts', 'function hex(c) { try { return rgb(c).hex() } catch { return fallback } }'],
    ['the browser', 'a.ts', `function f() { try { return new BroadcastChannel(N) } ${LOGGED} }`],
    [
      'the last one in a queue of promises',
      'a.ts',
      'function f(t) { const r = tail.then(t, t); tail = r.then(() => undefined, () => undefined); return r }',
    ],
    ['two ways to log', 'a.ts', 'function f(error) { if (error) { log.error(m, error) } else { log.error(m) } }'],
    ['nothing there', 'a.ts', 'async function f() { const res = await g(); if (!res) return undefined; return res.x }'],
    [
      'a beat of many',
      'a.ts',
      `function f() { const t = setInterval(async () => { try { await beat() } ${LOGGED} }, 9) }`,
    ],
    [
      'an event for the statistics',
      'a.ts',
      `async function trackSignupEvent() { try { await http.post(u) } ${LOGGED} }`,
    ],
    ['a cache', 'src/userCache.ts', `async function write(x) { try { await redis.setex(x) } ${LOGGED} }`],
    [
      'telling of a failure',
      'a.ts',
      `async function notifyExportFailed(x) { try { await dispatch.mail(x) } ${LOGGED} }`,
    ],
    [
      'thrown a little later',
      'a.ts',
      'async function f(h) { try { await h() } catch (e) { queueMicrotask(() => { throw e }) } }',
    ],
    [
      'a contract',
      'a.ts',
      `/** Runs a hook. Its failures never affect the request. */\nasync function f(h) {\n  try { await h() } ${LOGGED} }`,
    ],
    ['a look of a page', 'web/src/components/Picker.ts', `async function f() { try { await loadTheme() } ${LOGGED} }`],
    [
      'a page without data',
      'a.tsx',
      'function Page() { const q = useQuery(); if (q.isError) return null; return q.data }',
    ],
    [
      'a retry that fails in the end',
      'a.py',
      'def f(o):\n    for attempt in range(3):\n        try:\n            return fetch(o)\n        except Timeout as e:\n            if attempt == 2:\n                raise\n            time.sleep(1)\n',
    ],
    [
      'a retry, and a raise after it',
      'a.py',
      'def f(o):\n    for attempt in range(3):\n        try:\n            return fetch(o)\n        except Timeout as e:\n            last = e\n            sleep(1)\n    raise Unreachable(last)\n',
    ],
    [
      'get or create',
      'a.py',
      'def f(o):\n    try:\n        return create(o)\n    except IntegrityError:\n        return Order.objects.get(id=o)\n',
    ],
    [
      'a contract in a docstring',
      'a.py',
      'def f(o):\n    """Best effort: it is tried again at night."""\n    try:\n        sync(o)\n    except SyncError as e:\n        logger.warning(e)\n',
    ],
    [
      'a type that must be right',
      'a.go',
      'package p\n\nfunc f(x any) error {\n\ty, ok := x.(*T)\n\tif !ok {\n\t\treturn errors.New("no T")\n\t}\n\treturn use(y)\n}\n',
    ],
    ['code for tests', 'src/testing/server.ts', `async function f() { try { await charge() } ${LOGGED} }`],
    [
      'a retry in Go',
      'a.go',
      'package p\n\nfunc f() error {\n\tvar err error\n\tfor i := 0; i < 3; i++ {\n\t\tif err = send(); err != nil {\n\t\t\tcontinue\n\t\t}\n\t\treturn nil\n\t}\n\treturn err\n}\n',
    ],
    [
      'a success with its reason',
      'a.ts',
      'async function limit(ip) { try { return (await redis.eval(ip)) < 9 } catch { /* Redis is down: let them in, the check behind it decides */ return true } }',
    ],
    [
      'a refusal where nothing is tested',
      'a.ts',
      'function f(req, res) { if (!req.user) return res.status(401).json({}) }',
    ],
    [
      'a path that is computed',
      'a.go',
      'package p\n\nfunc f(d string) string {\n\trel, err := filepath.Rel(root, d)\n\tif err != nil {\n\t\treturn d\n\t}\n\treturn rel\n}\n',
    ],
    [
      'the end of a wait',
      'a.go',
      'package p\n\nfunc f(ctx context.Context, last error) error {\n\tif last != nil && ctx.Err() != nil {\n\t\treturn last\n\t}\n\treturn nil\n}\n',
    ],
    [
      'help for tests',
      'suites/mail.go',
      'package suites\n\nimport "testing"\n\nfunc last(t *testing.T) *Mail {\n\tm, err := load()\n\tif err != nil {\n\t\treturn nil\n\t}\n\treturn m\n}\n',
    ],
    [
      'a command line',
      'cmd/scan.go',
      'package cmd\n\nfunc f() {\n\tif err := db.Mark(); err != nil {\n\t\tlog.Error(err)\n\t}\n\tuse()\n}\n',
    ],
    [
      'a failure of the next statement',
      'a.ts',
      'async function f(k) { try { const u = await load(k); if (u) return u } catch {}\n  throw new Refused(k) }',
    ],
    [
      'a look into another shape',
      'a.py',
      'def f(o):\n    try:\n        return join(root, o.install[0].path)\n    except (AttributeError, IndexError):\n        return root\n',
    ],
    [
      'reasons that are collected',
      'a.py',
      'def f(rows):\n    errors_by_reason = {}\n    for row in rows:\n        try:\n            use(load(row))\n        except RowError as e:\n            for reason in e.reasons:\n                errors_by_reason[reason].append(row)\n    return errors_by_reason\n',
    ],
    [
      'a reason above the call',
      'a.go',
      'package p\n\nfunc f() {\n\t// Best effort: the purge below removes it anyway.\n\terr := kill()\n\tif err != nil {\n\t\tlog.Println(err)\n\t}\n\tpurge()\n}\n',
    ],
    [
      'a refusal whose own error is dropped',
      'a.go',
      'package p\n\nfunc f() {\n\tok, err := load()\n\tif err != nil {\n\t\t_ = huma.WriteErr(api, ctx, http.StatusInternalServerError, "no")\n\t\treturn\n\t}\n\tuse(ok)\n}\n',
    ],
    [
      'one of many',
      'a.ts',
      `async function f(xs) { await Promise.all(xs.map(async (x) => { try { await load(x) } ${LOGGED} })) }`,
    ],
  ])('%s', async (_, file, text) =>
    expect(['', 'low', 'not-applicable:']).toContain((await severitiesOfNew(reader, file, text)).join()),
  )
})
