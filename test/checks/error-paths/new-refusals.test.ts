import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

/** What is said of a new file in a repository that has tests. */
function judge(file: string, text: string, suite = 'tests/test_other.py'): Promise<readonly string[]> {
  const other = { [suite]: 'def test_other():\n    assert other()\n' }
  return exposuresOf(reader, 'error-paths', { ...other, [file]: '' }, { ...other, [file]: text })
}

describe('a new refusal by a rule is medium where the repository has tests', () => {
  test.each([
    ['a.py', 'def book(o):\n    if o.seats > o.room.free:\n        raise RoomFull(o)\n', 'RoomFull'],
    ['a.py', "def clean(self):\n    if new == old:\n        self.add_error('password', 'same')\n", 'add_error'],
    ['a.ts', 'export function book(o) { if (o.seats > o.free) throw new RoomFull(o) }', 'throw'],
    [
      'a.ts',
      "export function check(o, ctx) { if (o.to < o.from) ctx.addIssue({ message: 'ends before' }) }",
      'addIssue',
    ],
    [
      'p/a.go',
      'package p\n\nfunc Redeem(t Token, device string) error {\n\tif device != t.Device {\n\t\treturn &common.DeviceInvalid{}\n\t}\n\treturn nil\n}\n',
      'an error value',
    ],
  ])('%s %s', async (file, text) => {
    const said = await judge(file, text)
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(/^medium untested-raise/)
  })
})

describe('low', () => {
  test.each([
    ['is it there at all', 'a.py', 'def book(o):\n    if o is None:\n        raise BookError(o)\n'],
    ['is it there at all', 'a.ts', 'export function book(o) { if (!o) throw new BookError(o) }'],
    [
      'a programming mistake',
      'a.ts',
      "export function book(o) { if (o.kind > 2) throw new BookError('unsupported kind') }",
    ],
    ['a wrong type', 'a.py', 'def book(o):\n    if o.kind > 2:\n        raise TypeError(o)\n'],
    [
      'a constructor',
      'p/a.go',
      'package p\n\nfunc NewRoom(n int) (*Room, error) {\n\tif n < 1 {\n\t\treturn nil, errors.New("too small")\n\t}\n\treturn &Room{n}, nil\n}\n',
    ],
    ['a command line', 'scripts/a.py', 'def book(o):\n    if o.seats > o.free:\n        raise RoomFull(o)\n'],
  ])('%s', async (_, file, text) => expect((await judge(file, text)).join()).toMatch(/^low untested-raise|^$/))

  test('where nothing is tested', async () => {
    const text = 'def book(o):\n    if o.seats > o.free:\n        raise RoomFull(o)\n'
    expect(await exposuresOf(reader, 'error-paths', { 'a.py': '' }, { 'a.py': text })).toEqual([
      'low untested-raise a.py:3',
    ])
  })
})

describe('a test of this change that asserts a failure', () => {
  const text = 'def book(o):\n    if o.seats > o.free:\n        raise RoomFull(o)\n'
  test.each([
    ['of a route may drive this refusal: low', "client.post('/bookings').raise_for_status()", 'low'],
    ['of this very function asserts another: medium', 'book(o)', 'medium'],
  ])('%s', async (_, call, severity) => {
    const tests = `import pytest\n\ndef test_refused():\n    with pytest.raises(HTTPError):\n        ${call}\n`
    const said = await exposuresOf(reader, 'error-paths', { 'a.py': '' }, { 'a.py': text, 'tests/test_a.py': tests })
    expect(said).toEqual([`${severity} untested-raise a.py:3`])
  })
})

const RETRY =
  'def run(job):\n    try:\n        fetch_all(job)\n    except RateLimited as e:\n        raise TaskBackoffError(delay=e.delay)\n'

function retried(testText: string): Promise<readonly string[]> {
  const tests = `from app.run import run\n\n${testText}`
  return exposuresOf(reader, 'error-paths', { 'app/run.py': '' }, { 'app/run.py': RETRY, 'tests/test_run.py': tests })
}

test('a double of what is tried again shows that it is tried, not that it can work', async () => {
  const asserts = 'def test_later(m):\n    with pytest.raises(TaskBackoffError):\n        run(1)\n'
  expect(await retried(`@mock.patch('app.run.fetch_all', side_effect=RateLimited(3))\n${asserts}`)).toEqual([
    'medium untested-handler app/run.py:4',
  ])
  expect(await retried(`@mock.patch('app.run.requests.get', side_effect=RateLimited(3))\n${asserts}`)).toEqual([
    'medium untested-handler app/run.py:4 (covered)',
  ])
})
