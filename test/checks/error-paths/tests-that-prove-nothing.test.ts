import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const TS =
  'export async function payOrder(o) {\n  try {\n    return await charge(o)\n  } catch (e) {\n    logger.error(e)\n  }\n}\n'
const TS_BODY = "async () => { charge.mockRejectedValue(new Error('down')); expect(await payOrder(o)).toBeUndefined() }"
const PY =
  'def pay_order(o):\n    try:\n        charge(o)\n    except GatewayError as e:\n        logging.error(e)\n        return None\n'
const PY_CASE =
  "@mock.patch('app.pay.charge', side_effect=GatewayError('x'))\ndef test_down(m):\n    assert pay_order(1) is None\n"
const PY_METHOD = PY_CASE.replace('(m)', '(self, m)').replace(/^/gm, '    ')
const GO =
  'package p\n\nfunc PayOrder(o int) int {\n\tr, err := charge(o)\n\tif err != nil {\n\t\treturn 7\n\t}\n\tnotify(r)\n\treturn r\n}\n'
const GO_CASE =
  'package p\n\nfunc TestPayOrder(t *testing.T) {\n\tgw.EXPECT().charge(1).Return(0, errors.New("down"))\n\trequire.Equal(t, 7, PayOrder(1))\n}\n'

function isCovered(source: string, text: string, testPath: string, testText: string): Promise<boolean> {
  return exposuresOf(reader, 'error-paths', { [source]: '' }, { [source]: text, [testPath]: testText }).then((said) =>
    said.some((one) => one.includes('(covered)')),
  )
}

function inTs(testText: string): Promise<boolean> {
  return isCovered('src/pay.ts', TS, 'test/pay.test.ts', `import { payOrder } from '../src/pay'\n${testText}\n`)
}

function inPython(testText: string): Promise<boolean> {
  return isCovered('app/pay.py', PY, 'tests/test_pay.py', `from app.pay import pay_order\n\n${testText}`)
}

function inGo(testText: string): Promise<boolean> {
  return isCovered('p/pay.go', GO, 'p/pay_test.go', testText)
}

describe('a test that runs covers', () => {
  test.each([
    `it('x', ${TS_BODY})`,
    `it.only('x', ${TS_BODY})`,
    `it.skipIf(isWindows)('x', ${TS_BODY})`,
    `describe('skip', () => { it('is no skip', ${TS_BODY}) })`,
    `test('x', { skip: false }, ${TS_BODY})`,
    `it('skip', ${TS_BODY})\nit.skip('y', () => {})`,
  ])('%s', async (text) => expect(await inTs(text)).toBe(true))

  test.each([
    PY_CASE,
    `@pytest.mark.skipif(WINDOWS, reason='x')\n${PY_CASE}`,
    `@pytest.mark.xfail(WINDOWS, reason='x')\n${PY_CASE}`,
    PY_CASE.replace('    assert', "    if WINDOWS:\n        pytest.skip('x')\n    assert"),
    `class TestPay:\n${PY_METHOD}`,
  ])('%s', async (text) => expect(await inPython(text)).toBe(true))

  test.each([GO_CASE, GO_CASE.replace('\tgw', '\tif testing.Short() {\n\t\tt.Skip("slow")\n\t}\n\tgw')])(
    '%s',
    async (text) => expect(await inGo(text)).toBe(true),
  )
})

describe('a test that is skipped, or expected to fail, does not', () => {
  test.each([
    `it.skip('x', ${TS_BODY})`,
    `xit('x', ${TS_BODY})`,
    `test.concurrent.skip('x', ${TS_BODY})`,
    `it.skip.each([1])('x', ${TS_BODY})`,
    `test.fixme('x', ${TS_BODY})`,
    `it.fails('x', ${TS_BODY})`,
    `test('x', { skip: true }, ${TS_BODY})`,
    `test('x', { skip: 'later' }, ${TS_BODY})`,
    `describe.skip('s', () => { it('x', ${TS_BODY}) })`,
    `xdescribe('s', () => { describe('t', () => { it('x', ${TS_BODY}) }) })`,
  ])('%s', async (text) => expect(await inTs(text)).toBe(false))

  test.each([
    `@pytest.mark.skip(reason='x')\n${PY_CASE}`,
    `@pytest.mark.xfail\n${PY_CASE}`,
    `@pytest.mark.xfail(reason='x', strict=True)\n${PY_CASE}`,
    PY_CASE.replace('    assert', "    pytest.skip('x')\n    assert"),
    `class TestPay(TestCase):\n    @unittest.skip('x')\n${PY_METHOD}`,
    `@unittest.skip('x')\nclass TestPay(TestCase):\n${PY_METHOD}`,
  ])('%s', async (text) => expect(await inPython(text)).toBe(false))

  test('t.Skip at the top', async () =>
    expect(await inGo(GO_CASE.replace('\tgw', '\tt.Skip("later")\n\tgw'))).toBe(false))
})

test('a test that replaces the whole file by a double does not cover it, wherever the file stands', async () => {
  const fake = `import { payOrder } from '../src/pay'\nvi.mock('../src/pay')\nit('x', async () => { payOrder.mockRejectedValue(new Error('down')); expect(await payOrder(o)).toBeUndefined() })\n`
  expect(await isCovered('src/pay.ts', TS, 'test/pay.test.ts', fake)).toBe(false)
})

test('a bare capture is as often an event as a payment', async () => {
  const text = (call: string): string =>
    `async function f(e) {\n  try {\n    await ${call}(e)\n  } catch (x) { logger.warn(x) }\n}\n`
  const said = async (call: string): Promise<readonly string[]> =>
    exposuresOf(reader, 'error-paths', { 'a.ts': '' }, { 'a.ts': text(call) })
  expect(await said('posthog.capture')).toEqual(['medium untested-handler a.ts:4'])
  expect(await said('gateway.capturePayment')).toEqual(['high untested-handler a.ts:4'])
})

describe('everyday idioms are low', () => {
  test.each([
    [
      'a look-up that is filled',
      'def f(x):\n    try:\n        return CACHE[x]\n    except KeyError:\n        CACHE[x] = compute(x)\n        return CACHE[x]\n',
    ],
    ['Ctrl-C ends it', "def f():\n    try:\n        serve()\n    except KeyboardInterrupt:\n        print('bye')\n"],
  ])('%s', async (_, text) => {
    expect(await exposuresOf(reader, 'error-paths', { 'app/a.py': '' }, { 'app/a.py': text })).toEqual([
      'low untested-handler app/a.py:4',
    ])
  })
})

describe('a test of one failure is none of its neighbour', () => {
  const BOOK =
    'export function bookSeats(o) {\n  if (o.seats > o.free) throw new BookingError(o)\n  if (o.starts < o.opens) throw new BookingError(o)\n}\n'
  const covered = (title: string): Promise<readonly string[]> =>
    exposuresOf(
      reader,
      'error-paths',
      { 'src/book.ts': '' },
      {
        'src/book.ts': BOOK,
        'test/book.test.ts': `import { bookSeats } from '../src/book'\nit('${title}', () => { expect(() => bookSeats(x)).toThrow(BookingError) })\n`,
      },
    )

  test('its words say which', async () => {
    expect(await covered('refuses more seats than are free')).toEqual([
      'medium untested-raise src/book.ts:2 (covered)',
      'medium untested-raise src/book.ts:3',
    ])
    expect(await covered('refuses before it opens')).toEqual([
      'medium untested-raise src/book.ts:2',
      'medium untested-raise src/book.ts:3 (covered)',
    ])
  })
})

test('a status that another handler of the package answers proves nothing here', async () => {
  const source =
    'package p\n\nfunc (s *S) FinishTransfer(w http.ResponseWriter) {\n\tif err := s.book(); err != nil {\n\t\tvoid(w, "no", http.StatusForbidden)\n\t\treturn\n\t}\n}\n'
  const about = (name: string): string =>
    `package p\n\nfunc ${name}(t *testing.T) {\n\tw := serve(t)\n\trequire.Equal(t, http.StatusForbidden, w.Code)\n}\n`
  const said = (name: string): Promise<readonly string[]> =>
    exposuresOf(reader, 'error-paths', {}, { 'p/money.go': source, 'p/p_test.go': about(name) })
  expect(await said('TestHealth')).not.toContainEqual(expect.stringContaining('(covered)'))
  expect(await said('TestTransferRefused')).toContainEqual(expect.stringContaining('(covered)'))
})
