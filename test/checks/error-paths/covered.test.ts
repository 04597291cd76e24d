import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

function assess(before: Files, after: Files, renames: Record<string, string> = {}): Promise<readonly string[]> {
  return exposuresOf(reader, 'error-paths', before, after, { renames })
}

const PAY = 'export async function pay(order) {\n  return await charge(order)\n}\n'
const PAY_LOGGED =
  'export async function pay(order) {\n  try {\n    return await charge(order)\n  } catch (e) {\n    logger.error(e)\n  }\n}\n'
const PAY_TEST = `import { pay } from './pay'
it('hides a failed charge', async () => {
  charge.mockRejectedValue(new Error('down'))
  expect(await pay(order)).toBeUndefined()
})
`

describe('covered by a test that drives it there and asserts', () => {
  test('in the change', async () => {
    expect(await assess({ 'pay.ts': PAY }, { 'pay.ts': PAY_LOGGED, 'pay.test.ts': PAY_TEST })).toEqual([
      'high untested-handler pay.ts:4 (covered)',
    ])
  })
  test('in the repository', async () => {
    expect(
      await assess({ 'pay.ts': PAY, 'pay.test.ts': PAY_TEST }, { 'pay.ts': PAY_LOGGED, 'pay.test.ts': PAY_TEST }),
    ).toEqual(['high untested-handler pay.ts:4 (covered)'])
  })
  test.each([
    [
      'asserts only the happy path',
      "import { pay } from './pay'\nit('pays', async () => { expect(await pay(o)).toBe(1) })\n",
    ],
    [
      'makes nothing of this function fail',
      "import { refund } from './pay'\nit('x', async () => { await expect(refund()).rejects.toThrow('no') })\n",
    ],
    [
      'mocks the very function',
      "import { pay } from './pay'\nvi.mock('./pay')\nit('x', async () => { pay.mockRejectedValue(new Error('x')); expect(1).toBe(1) })\n",
    ],
    [
      'asserts that nothing fails',
      "import { pay } from './pay'\nit('x', async () => { expect(() => pay(o)).not.toThrow() })\n",
    ],
  ])('not by one that %s', async (_, text) => {
    expect(await assess({ 'pay.ts': PAY }, { 'pay.ts': PAY_LOGGED, 'pay.test.ts': text })).toEqual([
      'high untested-handler pay.ts:4',
    ])
  })
  test.each([
    [
      'in a set-up',
      "import { pay } from './pay'\ndescribe('down', () => {\n  beforeEach(() => { charge.mockRejectedValue(new Error('down')) })\n  it('answers nothing', async () => { expect(await pay(o)).toBeUndefined() })\n})\n",
    ],
    [
      'in a helper that the case calls',
      "import { pay } from './pay'\nfunction brokenGateway() { charge.mockRejectedValue(new Error('down')) }\nit('answers nothing', async () => { brokenGateway(); expect(await pay(o)).toBeUndefined() })\n",
    ],
  ])('with the failure %s', async (_, text) => {
    expect(await assess({ 'pay.ts': PAY }, { 'pay.ts': PAY_LOGGED, 'pay.test.ts': text })).toEqual([
      'high untested-handler pay.ts:4 (covered)',
    ])
  })
  test('not with a failure that only another suite sets up', async () => {
    const text =
      "import { pay } from './pay'\ndescribe('down', () => {\n  beforeEach(() => { charge.mockRejectedValue(new Error('x')) })\n  it('other', () => { expect(refund(o)).toBe(1) })\n})\nit('pays', async () => { expect(await pay(o)).toBe(1) })\n"
    expect(await assess({ 'pay.ts': PAY }, { 'pay.ts': PAY_LOGGED, 'pay.test.ts': text })).toEqual([
      'high untested-handler pay.ts:4',
    ])
  })
  test('pytest, through the public function of the file', async () => {
    const source =
      'def _check(o):\n    if not o.total:\n        raise EmptyOrderError("order has no lines")\n\n\ndef place(o):\n    _check(o)\n'
    const tests =
      'from orders.place import place\n\n\ndef test_empty():\n    with pytest.raises(EmptyOrderError):\n        place(order)\n'
    expect(
      await assess({ 'orders/place.py': '' }, { 'orders/place.py': source, 'tests/orders/test_place.py': tests }),
    ).toEqual(['low untested-raise orders/place.py:3 (covered)'])
  })
  test('a Go table test of the package', async () => {
    const source =
      'package p\n\nfunc Amount(s string) (int, error) {\n\tif s == "" {\n\t\treturn 0, errors.New("amount is empty")\n\t}\n\treturn 1, nil\n}\n'
    const tests =
      'package p\n\nfunc TestAmount(t *testing.T) {\n\tfor _, tt := range []struct{ in, wantErr string }{\n\t\t{in: "", wantErr: "amount is empty"},\n\t} {\n\t\t_, err := Amount(tt.in)\n\t\trequire.ErrorContains(t, err, tt.wantErr)\n\t}\n}\n'
    expect(await assess({ 'p/amount.go': '' }, { 'p/amount.go': source, 'p/amount_test.go': tests })).toEqual([
      'low untested-raise p/amount.go:5 (covered)',
    ])
  })
})

test('another failure of the same function is not this one', async () => {
  const source =
    'export function amount(s) {\n  if (s === " ") throw new EmptyError("amount is empty")\n  if (s < 0) throw new NegativeError("amount is negative")\n}\n'
  const tests =
    "import { amount } from './amount'\nit('refuses an empty one', () => { expect(() => amount('')).toThrow(EmptyError) })\n"
  expect(await assess({ 'amount.ts': '' }, { 'amount.ts': source, 'amount.test.ts': tests })).toEqual([
    'medium untested-raise amount.ts:2 (covered)',
    'medium untested-raise amount.ts:3',
  ])
})

test('where most failures of a file are tested, one more without a test is a gap', async () => {
  const source = `export function amount(s) {
  if (s === "") throw new EmptyError("amount is empty")
  if (s < 0) throw new NegativeError("amount is negative")
}
`
  const tests = `import { amount } from './amount'
it('refuses an empty one', () => { expect(() => amount('')).toThrow(EmptyError) })
it('refuses a negative one', () => { expect(() => amount(-1)).toThrow(NegativeError) })
`
  const after = source.replace('}\n', '  if (s > 9) throw new TooLargeError("amount is too large")\n}\n')
  const files = { 'amount.ts': source, 'amount.test.ts': tests }
  expect(await assess(files, { ...files, 'amount.ts': after })).toEqual(['medium untested-raise amount.ts:4'])
  expect(await assess({ 'amount.ts': source }, { 'amount.ts': after })).toEqual(['low untested-raise amount.ts:4'])
})

test('a method of another class is replaced, not this one', async () => {
  const source =
    'class Payments(Base):\n    def challenge(self, code):\n        if code.method != SAFE:\n            raise GrantError()\n'
  const suite = (of: string): string =>
    `from app.pay import Payments\n\n@patch.object(${of}, 'challenge', return_value=PLAIN)\ndef test_plain(m):\n    with pytest.raises(GrantError):\n        Payments().challenge(1)\n`
  const said = (of: string): Promise<readonly string[]> =>
    assess({ 'app/pay.py': '' }, { 'app/pay.py': source, 'tests/test_pay.py': suite(of) })
  expect(await said('Base')).toEqual(['medium untested-raise app/pay.py:4 (covered)'])
  expect(await said('Payments')).toEqual(['medium untested-raise app/pay.py:4'])
})

test('tests in a wrapper, and should, are read', async () => {
  const source = 'export function book(o) {\n  if (o.seats > o.free) throw new BookingError(o)\n}\n'
  const suite =
    "import { book } from '../src/book'\nit('refuses', withService(async (s) => { (() => book(x)).should.throw(BookingError) }))\n"
  expect(await assess({ 'src/book.ts': '' }, { 'src/book.ts': source, 'test/book.test.ts': suite })).toEqual([
    'medium untested-raise src/book.ts:2 (covered)',
  ])
})
