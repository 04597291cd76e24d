import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const TS =
  'export async function payOrder(o) {\n  await notify(o)\n  try {\n    return await gateway.charge(o)\n  } catch (e) {\n    logger.error(e)\n  }\n}\n'
const PY =
  'def pay_order(o):\n    notify(o)\n    try:\n        charge(o)\n    except GatewayError as e:\n        logging.error(e)\n        return None\n'
const GO =
  'package p\n\nvar charge = send\n\nfunc PayOrder(o int) int {\n\tnotify(o)\n\tr, err := charge(o)\n\tif err != nil {\n\t\treturn 7\n\t}\n\treturn r\n}\n'

async function isCovered(source: string, text: string, testPath: string, testText: string): Promise<boolean> {
  const said = await exposuresOf(reader, 'error-paths', { [source]: '' }, { [source]: text, [testPath]: testText })
  return said.some((one) => one.includes('(covered)'))
}

const IMPORT = "import { payOrder } from '../src/pay'\n"
const inTs = (text: string): Promise<boolean> => isCovered('src/pay.ts', TS, 'test/pay.test.ts', IMPORT + text)
const inPython = (text: string): Promise<boolean> =>
  isCovered('app/pay.py', PY, 'tests/test_pay.py', `from app.pay import pay_order\n\n${text}`)
const inGo = (text: string): Promise<boolean> => isCovered('p/pay.go', GO, 'p/pay_test.go', `package p\n\n${text}`)

const ASKS = 'expect(await payOrder(o)).toBeUndefined()'
const FAULT = "gateway.charge.mockRejectedValue(new Error('down'))"

describe('a fault that a test makes is seen', () => {
  test.each([
    [
      'a stub that throws',
      `it('x', async () => { const g = { charge: async () => { throw new Error('down') } }; ${ASKS} })`,
    ],
    [
      'a stub that rejects',
      `it('x', async () => { const g = { charge: () => Promise.reject(new Error('down')) }; ${ASKS} })`,
    ],
    [
      'a method of a fake',
      `class Down { async charge() { throw new Error('down') } }\nit('x', async () => { use(new Down()); ${ASKS} })`,
    ],
    [
      'node:test',
      `test('x', async (t) => { t.mock.method(gateway, 'charge', async () => { throw new Error('down') }); ${ASKS} })`,
    ],
    [
      'msw',
      `it('x', async () => { server.use(http.post(URL, () => new HttpResponse(null, { status: 500 }))); ${ASKS} })`,
    ],
    [
      'a server of its own',
      `beforeEach(() => { server = createServer((_, res) => { res.writeHead(404); res.end() }) })\nit('x', async () => { ${ASKS} })`,
    ],
    [
      'msw, older',
      `it('x', async () => { server.use(rest.post(URL, (_, res, ctx) => res(ctx.status(503)))); ${ASKS} })`,
    ],
    ['a spy', `it('x', async () => { vi.spyOn(gateway, 'charge').mockRejectedValue(new Error('down')); ${ASKS} })`],
    ['a mock with a prefix', `it('x', async () => { mockCharge.mockRejectedValue(new Error('down')); ${ASKS} })`],
    ['a layer below', `it('x', async () => { http.post.mockRejectedValue(new Error('down')); ${ASKS} })`],
  ])('TypeScript: %s', async (_, text) => expect(await inTs(text)).toBe(true))

  test.each([
    [
      'a stand-in',
      'def test_x(monkeypatch):\n    def down(o):\n        raise GatewayError()\n    monkeypatch.setattr(pay, "charge", down)\n    assert pay_order(1) is None\n',
    ],
    [
      'a patch',
      '@patch("app.pay.charge", side_effect=GatewayError())\ndef test_x(m):\n    assert pay_order(1) is None\n',
    ],
  ])('Python: %s', async (_, text) => expect(await inPython(text)).toBe(true))

  test.each([
    [
      'a variable',
      'func TestPay(t *testing.T) {\n\tcharge = func(o int) (int, error) { return 0, errors.New("down") }\n\trequire.Equal(t, 7, PayOrder(1))\n}\n',
    ],
    [
      'a field of a fake',
      'func TestPay(t *testing.T) {\n\tuse(&fake{chargeFn: func(o int) (int, error) { return 0, errors.New("down") }})\n\trequire.Equal(t, 7, PayOrder(1))\n}\n',
    ],
    [
      'a fake that fails',
      'type down struct{}\n\nfunc (d down) Charge(o int) (int, error) { return 0, errors.New("down") }\n\nfunc TestPay(t *testing.T) {\n\tuse(down{})\n\trequire.Equal(t, 7, PayOrder(1))\n}\n',
    ],
    [
      'a table',
      'func TestPay(t *testing.T) {\n\tfor _, tc := range []row{{name: "down", err: errors.New("down"), want: 7}} {\n\t\tuse(tc.err)\n\t\trequire.Equal(t, tc.want, PayOrder(1))\n\t}\n}\n',
    ],
  ])('Go: %s', async (_, text) => expect(await inGo(text)).toBe(true))
})

describe('a test that proves nothing of it', () => {
  test.each([
    ['compares literals', `it('x', async () => { ${FAULT}; await payOrder(o); expect(true).toBe(true) })`],
    ['has no matcher', `it('x', async () => { ${FAULT}; expect(payOrder(o)) })`],
    ['asserts after it has returned', `it('x', async () => { ${FAULT}; return payOrder(o); ${ASKS} })`],
    [
      'names it in the title only',
      `it('payOrder', async () => { other.mockRejectedValue(new Error('x')); expect(await other(o)).toBe(1) })`,
    ],
    ['fails something before it', `it('x', async () => { notify.mockRejectedValue(new Error('x')); ${ASKS} })`],
    ['skips itself', `it('x', async function () { this.skip(); ${FAULT}; ${ASKS} })`],
    ['only plans', `test('x', async (t) => { ${FAULT}; t.plan(1); await payOrder(o) })`],
  ])('TypeScript: %s', async (_, text) => expect(await inTs(text)).toBe(false))

  const BODY = '@patch("app.pay.charge", side_effect=GatewayError())\ndef test_x(m):\n    assert pay_order(1) is None\n'
  test.each([
    ['its file is skipped', `pytestmark = pytest.mark.skip(reason="later")\n\n${BODY}`],
    ['its file is skipped among other marks', `pytestmark = [pytest.mark.django_db, pytest.mark.skip]\n\n${BODY}`],
    ['asserts a literal', BODY.replace('assert pay_order(1) is None', 'pay_order(1)\n    assert True')],
    ['fails something before it', BODY.replace('charge', 'notify').replace('GatewayError', 'OSError')],
  ])('Python: %s', async (_, text) => expect(await inPython(text)).toBe(false))

  test('Python: other marks of a file do not matter', async () =>
    expect(await inPython(`pytestmark = pytest.mark.django_db\n\n${BODY}`)).toBe(true))
})

describe('ginkgo', () => {
  const REFUSING =
    'package p\n\nfunc PayOrder(w http.ResponseWriter, o int) {\n\tif o > 9 {\n\t\thttp.Error(w, "no", http.StatusForbidden)\n\t\treturn\n\t}\n}\n'
  const covers = (text: string): Promise<boolean> =>
    isCovered('p/pay.go', REFUSING, 'p/pay_test.go', `package p\n\n${text}`)
  test.each([
    ['It("refuses", func() {\n\tPayOrder(w, 10)\n\tExpect(w.Code).To(Equal(http.StatusForbidden))\n})'],
    [
      'DescribeTable("answers", func(o, status int) {\n\tPayOrder(w, o)\n\tExpect(w.Code).To(Equal(status))\n}, Entry("too much", 10, http.StatusForbidden))',
    ],
  ])('%s covers', async (text) => expect(await covers(`var _ = ${text}\n`)).toBe(true))
  test.each([
    ['It("pays", func() {\n\tPayOrder(w, 1)\n\tExpect(w.Code).ToNot(Equal(http.StatusForbidden))\n})'],
    ['It("pays", func() {\n\terr := PayOrder(w, 1)\n\tExpect(err).ToNot(HaveOccurred())\n})'],
  ])('%s does not', async (text) => expect(await covers(`var _ = ${text}\n`)).toBe(false))
})

describe('a test of something like it', () => {
  const GUARD =
    'export class ScopeGuard {\n  canActivate(context) {\n    if (!context.scope) throw new ForbiddenException()\n    return true\n  }\n}\n'
  const proof = (name: string): string =>
    `import { ${name} } from './other'\nit('denies', () => { expect(() => new ${name}().canActivate({})).toThrow(HttpException) })\n`
  test('of the same method of another class proves nothing', async () => {
    expect(await isCovered('src/scope.guard.ts', GUARD, 'src/role.guard.spec.ts', proof('RoleGuard'))).toBe(false)
    expect(await isCovered('src/scope.guard.ts', GUARD, 'src/scope.guard.spec.ts', proof('ScopeGuard'))).toBe(true)
  })
  test('that injects a fault and asserts no failure does not drive a raise', async () => {
    const source = 'export function pay(o) {\n  if (!o.units) throw new Unauthorized()\n  return send(o)\n}\n'
    const text =
      "import { pay } from './pay'\nit('x', () => { log.mockRejectedValue(new Error('x')); expect(pay(o)).toBe(1) })\n"
    expect(await isCovered('src/pay.ts', source, 'src/pay.test.ts', text)).toBe(false)
  })
})
