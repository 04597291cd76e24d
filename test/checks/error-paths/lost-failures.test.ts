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
  return exposuresOf(reader, 'error-paths', before, after)
}

/** What is said of `a.ts`, `a.py` or `p/a.go` when its function gets another body. */
function judge(file: string, before: string, after: string): Promise<readonly string[]> {
  return assess({ [file]: before }, { [file]: after })
}

const go = (body: string): string => `package p\n\nfunc pay(o Order) error {\n${body}\n\treturn nil\n}\n`
const ts = (body: string): string => `export async function pay(o) {\n  ${body}\n}\n`
const py = (body: string): string => `async def pay(o):\n    ${body}\n`

const GO_CHECKED = '\tif err := charge(o); err != nil {\n\t\treturn err\n\t}'

describe('a failure that was watched and is left to nobody', () => {
  test.each([
    ['p/a.go', go(GO_CHECKED), go('\tcharge(o)'), ['high failure-newly-hidden p/a.go:4']],
    ['p/a.go', go(GO_CHECKED), go('\t_ = charge(o)'), ['high failure-newly-hidden p/a.go:4']],
    [
      'p/a.go',
      go('\tr, err := charge(o)\n\tif err != nil {\n\t\treturn err\n\t}\n\tuse(r)'),
      go('\tr, _ := charge(o)\n\tuse(r)'),
      ['high failure-newly-hidden p/a.go:4'],
    ],
    ['a.ts', ts('await save(o)'), ts('void save(o)'), ['medium failure-newly-hidden a.ts:2']],
    ['a.ts', ts('await save(o); await log(o)'), ts('save(o); await log(o)'), ['medium failure-newly-hidden a.ts:2']],
    [
      'a.ts',
      ts('await Promise.all(o.map(charge))'),
      ts('await Promise.allSettled(o.map(charge))'),
      ['medium failure-newly-hidden a.ts:2'],
    ],
    [
      'a.ts',
      ts('const r = await Promise.all([charge(o)])\n  return 1'),
      ts('const r = await Promise.allSettled([charge(o)])\n  return 1'),
      ['medium failure-newly-hidden a.ts:2'],
    ],
    [
      'a.py',
      py('await asyncio.gather(charge(o))'),
      py('await asyncio.gather(charge(o), return_exceptions=True)'),
      ['medium failure-newly-hidden a.py:2'],
    ],
    ['a.py', py('subprocess.run(cmd, check=True)'), py('subprocess.run(cmd)'), ['medium failure-newly-hidden a.py:2']],
    ['a.py', py('await charge(o)'), py('asyncio.create_task(charge(o))'), ['high failure-newly-hidden a.py:2']],
    [
      'a.py',
      'def pay(o):\n    r = requests.post(URL)\n    r.raise_for_status()\n    return r.json()\n',
      'def pay(o):\n    r = requests.post(URL)\n    return r.json()\n',
      ['medium failure-newly-hidden a.py:3'],
    ],
    [
      'a.ts',
      ts('try { await charge(o) } finally { release(o) }'),
      ts('try { await charge(o) } finally { return release(o) }'),
      ['high untested-handler a.ts:2'],
    ],
    [
      'a.py',
      'def pay(o):\n    try:\n        charge(o)\n    finally:\n        release(o)\n',
      'def pay(o):\n    try:\n        charge(o)\n    finally:\n        return release(o)\n',
      ['high untested-handler a.py:4'],
    ],
  ])('%s: %s → %s', async (file, before, after, said) => expect(await judge(file, before, after)).toEqual(said))
})

describe('not lost', () => {
  test.each([
    ['it was never watched', 'p/a.go', go('\tnotify(o)\n\tcharge(o)'), go('\tcharge(o)')],
    ['closing is giving back', 'p/a.go', go('\tnotify(o)'), go('\tf.Close()')],
    ['a handler of its own', 'a.ts', ts('await save(o)'), ts('save(o).then(use, fail)')],
    [
      'the function waits for nothing any more',
      'a.ts',
      ts('await save(o)'),
      'export function pay(o) {\n  save(o)\n}\n',
    ],
    [
      'the outcomes are read',
      'a.ts',
      ts('const r = await Promise.all([charge(o)])\n  return r'),
      ts('const r = await Promise.allSettled([charge(o)])\n  return r'),
    ],
    [
      'what is called cannot fail any more',
      'p/a.go',
      `${go(GO_CHECKED)}\nfunc charge(o Order) error {\n\treturn send(o)\n}\n`,
      `${go('\tcharge(o)')}\nfunc charge(o Order) {\n\ttotal += o.Units\n}\n`,
    ],
    ['the return code is read', 'a.py', py('subprocess.run(cmd, check=True)'), py('r = subprocess.run(cmd)')],
    [
      'the status is looked at',
      'a.py',
      'def pay(o):\n    r = requests.post(URL)\n    r.raise_for_status()\n',
      'def pay(o):\n    r = requests.post(URL)\n    if r.status_code != 200:\n        raise Declined(r)\n',
    ],
  ])('%s', async (_, file, before, after) => {
    const said = await judge(file, before, after)
    expect(said.filter((one) => !one.startsWith('low'))).toEqual([])
  })
})

const REFUSING =
  'def show(user, order):\n    if order.owner != user:\n        raise PermissionDenied("not yours")\n    return render(order)\n'
const OPEN = 'def show(user, order):\n    return render(order)\n'

describe('a refusal that is gone', () => {
  test.each<[string, Files, Files, readonly string[]]>([
    ['of access', { 'a.py': REFUSING }, { 'a.py': OPEN }, ['medium refusal-removed a.py:3']],
    [
      'of access, as an answer',
      {
        'a.ts':
          'export function show(req, res) {\n  if (!req.user) return res.status(401).json({})\n  res.json(1)\n}\n',
      },
      { 'a.ts': 'export function show(req, res) {\n  res.json(1)\n}\n' },
      ['medium refusal-removed a.ts:2'],
    ],
    [
      'around money',
      {
        'a.go':
          'package p\n\nfunc refund(a int) error {\n\tif a > limit {\n\t\treturn ErrTooMuch\n\t}\n\treturn send(a)\n}\n',
      },
      { 'a.go': 'package p\n\nfunc refund(a int) error {\n\treturn send(a)\n}\n' },
      ['medium refusal-removed a.go:5'],
    ],
    [
      'and is only logged now',
      { 'a.ts': 'export function ship(o) {\n  if (!o.paid) throw new Unpaid(o.id)\n  send(o)\n}\n' },
      { 'a.ts': 'export function ship(o) {\n  if (!o.paid) logger.warn("unpaid")\n  send(o)\n}\n' },
      ['medium failure-newly-hidden a.ts:2'],
    ],
  ])('%s', async (_, before, after, said) => expect(await assess(before, after)).toEqual(said))

  test('is covered by a test of the change that calls the function', async () => {
    const proof = 'from a import show\n\ndef test_everybody_may_look():\n    assert show(1, order) == "page"\n'
    expect(await assess({ 'a.py': REFUSING }, { 'a.py': OPEN, 'test_a.py': proof })).toEqual([
      'medium refusal-removed a.py:3 (covered)',
    ])
  })

  test.each<[string, Files, Files]>([
    [
      'went with its function',
      { 'a.py': `${REFUSING}\ndef other():\n    pass\n` },
      { 'a.py': 'def other():\n    pass\n' },
    ],
    [
      'is asked in a helper now',
      { 'a.py': REFUSING },
      { 'a.py': 'def show(user, order):\n    require_owner(user, order)\n    return render(order)\n' },
    ],
    ['is asked by a decorator now', { 'a.py': REFUSING }, { 'a.py': `@permission_required("order.view")\n${OPEN}` }],
    [
      'was moved to another file',
      { 'a.py': REFUSING, 'b.py': '' },
      {
        'a.py': OPEN,
        'b.py':
          'def load(user, order):\n    if not order.visible(user):\n        raise PermissionDenied("not yours")\n',
      },
    ],
    [
      'collects what is wrong now',
      { 'a.py': 'def check(o):\n    if not o.paid:\n        raise Unpaid(o)\n    use(o)\n' },
      { 'a.py': 'def check(o):\n    if not o.paid:\n        errors.append("unpaid")\n    use(o)\n' },
    ],
    [
      'is no matter of access or money',
      { 'a.ts': 'export function size(n) {\n  if (n < 0) throw new RangeError("n")\n  return n\n}\n' },
      { 'a.ts': 'export function size(n) {\n  return n\n}\n' },
    ],
  ])('not when it %s', async (_, before, after) => {
    const said = await assess(before, after)
    expect(said.filter((one) => /removed|hidden/.test(one))).toEqual([])
  })
})

test('an answer that was told by a word alone is no answer: `err = true` became `false`', async () => {
  const saving = (then: string) =>
    `export async function save(o) {\n  let err = false\n  ${then}\n  return show(err)\n}\n`
  const before = saving('await client.patch(o).then(() => {}, () => { err = true })')
  const after = saving('err = !(await client.patch(o).then(() => true, () => false))')
  const said = await exposuresOf(reader, 'error-paths', { 'a.ts': before }, { 'a.ts': after })
  expect(said.filter((one) => /^(?:medium|high)/.test(one))).toEqual([])
})
