import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf, severitiesOfNew } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const go = (body: string, name = 'f'): string =>
  `package p\n\nfunc ${name}(ctx context.Context, w http.ResponseWriter, r *http.Request) {\n${body}\n}\n`
const LOGS = '{\n\t\tlog.Printf("no: %v", err)\n\t}'

describe('work beside the work, and answers, are low', () => {
  test.each([
    ['a picture', 'a.ts', 'async function fetchLogo(u) { try { return await get(u) } catch { return null } }'],
    ['when somebody was last seen', 'a.go', go(`\tif err := store.SetLastLogin(id); err != nil ${LOGS}\n\tuse()`)],
    ['a bundle for support', 'debug/bundle.go', go(`\tif err := add(f); err != nil ${LOGS}\n\tuse()`)],
    ['a log for developers', 'a.go', go(`\tif err := hint(f); err != nil {\n\t\tlog.Debugf("%v", err)\n\t}\n\tuse()`)],
    ['what is outdated', 'a.ts', 'async function f() { await repo.deleteStaleApps(days).catch(() => {}) }'],
    ['outdated rows', 'a.go', go(`\tif err := deleteOldRecords(tx); err != nil ${LOGS}\n\tuse()`)],
    ['a cache', 'a.ts', 'async function f() { await removeCachedThreads(ids).catch(() => {}) }'],
    [
      'what the page has of the server',
      'a.ts',
      'async function f() { mutate(fresh, { revalidate: false }).catch(() => {}) }',
    ],
    ['a page to the client', 'a.go', go(`\tif err := h.templates.Login(r, w, list); err != nil ${LOGS}`)],
    [
      'a file of the machine',
      'a.go',
      go('\tlist, err := os.ReadDir(dir)\n\tif err != nil {\n\t\treturn\n\t}\n\tuse(list)'),
    ],
    [
      'a stated fallback',
      'a.go',
      `// It asks the host first, falling back to its name.\n${go('\tid, err := host.ID()\n\tif err != nil {\n\t\tid = name\n\t}\n\tuse(id)').slice(11)}`,
    ],
    [
      'the same in another way',
      'a.py',
      "def f(q):\n    try:\n        run(q)\n    except OperationalError as e:\n        if 'no such table' not in str(e):\n            raise\n        run(q.without())\n",
    ],
    [
      'a text for the failure that is raised below',
      'a.py',
      'def f(e):\n    try:\n        message = describe(e)\n    except Exception:\n        message = plain(e)\n    raise RpcError(message)\n',
    ],
    [
      'a state that the page shows',
      'a.ts',
      "async function f(s) { try { await list(s) } catch (e) { setRequest(s, { state: 'failure', errors: [text(e)] }) } }",
    ],
    ['asked to stop', 'a.go', go('\tif w.ctx.Err() != nil {\n\t\treturn\n\t}\n\tuse()')],
    ['a wait that ended', 'a.go', go('\tif err := limit.Wait(ctx); err != nil {\n\t\treturn\n\t}\n\tuse()')],
    ['nobody reads any more', 'a.go', go('\tif _, err := w.Write(b); err != nil {\n\t\treturn\n\t}\n\tuse()')],
    [
      'an answer of its own making',
      'a.go',
      go(
        '\tif err := load(r); err != nil {\n\t\t_ = render.Render(w, r, util.NewAnswer("no", http.StatusBadRequest))\n\t\treturn\n\t}\n\tuse()',
      ),
    ],
    [
      'an answer with an error',
      'a.go',
      go(
        '\tif err := load(r); err != nil {\n\t\tHandleResponse(ctx, errors.Bad(x), nil)\n\t\tctx.Abort()\n\t\treturn\n\t}',
      ),
    ],
    ['kept for the next one', 'a.go', go('\t_, m.err = load()\n\tif m.err != nil {\n\t\treturn\n\t}\n\tuse()')],
    ['names for failures', 'a.go', go('\tif errors.Is(err, ErrBlocked) {\n\t\tuse = text\n\t}', 'errorText')],
    ['giving back', 'a.go', go(`\tif err := process.Release(); err != nil ${LOGS}\n\tuse()`)],
    ['a status', 'a.ts', "async function f(j) { try { await run(j) } catch { await setJobStatus(j.id, 'error') } }"],
    ['a result', 'a.ts', 'async function f(j) { try { await run(j) } catch { post(j.id, { ok: false }) } }'],
    [
      'the page shows it by itself',
      'a.tsx',
      'function Form() { const { mutateAsync, isError } = useSave(); const save = async () => { await mutateAsync(x).catch(() => {}) }; return isError }',
    ],
    [
      'a page that says so',
      'a.py',
      "def post(self, request):\n    try:\n        confirm(token)\n    except TokenUsed:\n        return self.render_result(None, 'used')\n",
    ],
  ])('%s', async (_, file, text) => expect(new Set(await severitiesOfNew(reader, file, text))).not.toContain('medium'))
})

describe('what looks like it and is none', () => {
  test.each([
    ['a picture that is saved', 'a.ts', 'async function saveLogo(u) { try { await put(u) } catch { return null } }'],
    ['a row that is not outdated', 'a.go', go(`\tif err := moveRecords(tx); err != nil ${LOGS}\n\tuse()`)],
    [
      'a file that is written',
      'a.go',
      go('\terr := os.WriteFile(at, b, 0o600)\n\tif err != nil {\n\t\treturn\n\t}\n\tuse()'),
    ],
    ['a row that is sent on', 'a.go', go(`\tif err := push(r, mail); err != nil ${LOGS}\n\tuse()`)],
    ['a warning', 'a.go', go(`\tif err := hint(f); err != nil ${LOGS}\n\tuse()`)],
    ['another error kept', 'a.go', go('\terr := load()\n\tif err != nil {\n\t\treturn\n\t}\n\tuse()')],
    [
      'a pragma is no reason',
      'a.py',
      'def f(o):\n    try:\n        push(o)\n    except GatewayError:  # noqa: BLE001\n        redo(o)\n',
    ],
  ])('%s', async (_, file, text) => expect(await severitiesOfNew(reader, file, text)).toContain('medium'))
})

test('one more of what the function did before is no news', async () => {
  const text = (calls: readonly string[]): string =>
    go(calls.map((call) => `\tif err := ${call}(); err != nil {\n\t\tlog.Error(err)\n\t}`).join('\n'))
  const said = (before: readonly string[], after: readonly string[]): Promise<readonly string[]> =>
    exposuresOf(reader, 'error-paths', { 'a.go': text(before) }, { 'a.go': text(after) })
  expect(await said(['one', 'two'], ['one', 'two', 'three'])).toEqual(['low untested-handler a.go:10'])
  expect(await said(['one'], ['one', 'two'])).toEqual(['medium untested-handler a.go:7'])
})

test('looking again, and an answer on its way, may be left alone', async () => {
  const ts = (call: string): string => `export async function save(o) {\n  ${call}\n}\n`
  const said = (before: string, after: string): Promise<readonly string[]> =>
    exposuresOf(reader, 'error-paths', { 'a.ts': ts(before) }, { 'a.ts': ts(after) })
  expect(await said('await refetchOrders()', 'void refetchOrders()')).toEqual(['low failure-newly-hidden a.ts:2'])
  expect(await said('await pushOrders()', 'void pushOrders()')).toEqual(['medium failure-newly-hidden a.ts:2'])
})
