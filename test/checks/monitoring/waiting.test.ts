import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const PY = 'import requests\n\n\ndef pay(order):\n'
const TS = "import axios from 'axios'\nexport async function pay(order) {\n"
const GO = 'package p\n\nimport "net/http"\n\nfunc pay(url string) error {\n'
const REST = '\tif err != nil {\n\t\treturn err\n\t}\n\treturn resp.Body.Close()\n}\n'

describe('a new call to another system', () => {
  test.each<[string, string, string, string, readonly string[]]>([
    [
      'Python, no limit',
      'a.py',
      PY,
      `${PY}    requests.post(URL, json=order)\n`,
      ['medium silent-outbound-call a.py:5'],
    ],
    ['Python, a limit', 'a.py', PY, `${PY}    requests.post(URL, json=order, timeout=5)\n`, []],
    [
      'Python, a log line sees no hang',
      'a.py',
      PY,
      `${PY}    logger.info("pay")\n    requests.post(URL, json=order)\n`,
      ['medium silent-outbound-call a.py:6'],
    ],
    [
      'Python, settings handed on',
      'a.py',
      PY,
      `${PY}    requests.post(URL, json=order, **options)\n`,
      ['low silent-outbound-call a.py:5'],
    ],
    [
      'Python, a session may have its own limit',
      'a.py',
      PY,
      `${PY}    session.post(URL, json=order)\n`,
      ['low silent-outbound-call a.py:5'],
    ],
    [
      'Python, httpx gives up by itself',
      'a.py',
      'import httpx\n',
      'import httpx\n\n\ndef pay(order):\n    httpx.post(URL, json=order)\n',
      [],
    ],
    [
      'the habit of the file',
      'a.py',
      `${PY}    requests.get(URL)\n`,
      `${PY}    requests.get(URL)\n    requests.post(URL, json=order)\n`,
      ['low silent-outbound-call a.py:6'],
    ],
    ['moved', 'a.py', `${PY}    requests.get(URL)\n`, `${PY}    x = 1\n    requests.get(URL)\n`, []],
    [
      'a program that reads its arguments',
      'a.py',
      '',
      `import argparse\n${PY}    requests.get(URL)\n`,
      ['low silent-outbound-call a.py:6'],
    ],
    [
      'a script',
      'a.py',
      '',
      `${PY}    requests.get(URL)\n\n\nif __name__ == '__main__':\n    pay(1)\n`,
      ['low silent-outbound-call a.py:5'],
    ],
    [
      'with the cookies of a page',
      'a.ts',
      '',
      `${TS}  await axios.post(URL, order, { withCredentials: true })\n}\n`,
      [],
    ],
    ['a package of a command line', 'packages/shop-cli/src/a.ts', '', `${TS}  await axios.post(URL, order)\n}\n`, []],
    ['a helper of tests', 'a.py', '', `import pytest\n${PY}    requests.get(URL)\n`, []],
    [
      'TypeScript, no limit',
      'a.ts',
      '',
      `${TS}  await axios.post(URL, order)\n}\n`,
      ['medium silent-outbound-call a.ts:3'],
    ],
    ['TypeScript, a limit', 'a.ts', '', `${TS}  await axios.post(URL, order, { timeout: 500 })\n}\n`, []],
    [
      'TypeScript, a spread may bring one',
      'a.ts',
      '',
      `${TS}  await axios.post(URL, order, { ...options })\n}\n`,
      ['low silent-outbound-call a.ts:3'],
    ],
    [
      'TypeScript, a span sees it',
      'a.ts',
      '',
      `import { trace } from '@opentelemetry/api'\n${TS}  await tracer.startActiveSpan('pay', () => axios.post(URL, order))\n}\n`,
      ['medium silent-outbound-call a.ts:4 (covered)'],
    ],
    [
      'TypeScript, to itself',
      'a.ts',
      '',
      `${TS}  await axios.post('http://localhost:3060/x')\n}\n`,
      ['low silent-outbound-call a.ts:3'],
    ],
    ['TypeScript, it can be cancelled', 'a.ts', '', `${TS}  await axios.post(URL, order, { cancelToken })\n}\n`, []],
    ['a rule of a tool', '.semgrep/a.py', '', `${PY}    requests.get(URL)\n`, []],
    ['the code of others', 'vendored/pay/a.py', '', `${PY}    requests.get(URL)\n`, []],
    [
      'another client took its place',
      'a.py',
      `${PY}    safe_requests.get(URL)\n`,
      `${PY}    requests.get(URL)\n`,
      ['low silent-outbound-call a.py:5'],
    ],
    ['TypeScript, in a browser', 'a.tsx', '', `${TS}  await axios.post(URL, order)\n}\n`, []],
    [
      'Go, no limit',
      'a.go',
      'package p\n',
      `${GO}\tresp, err := http.Post(url, "text/plain", nil)\n${REST}`,
      ['medium silent-outbound-call a.go:6'],
    ],
    [
      'Go, a client of its own',
      'a.go',
      'package p\n',
      `${GO}\tresp, err := client.Get(url)\n${REST}`,
      ['low silent-outbound-call a.go:6'],
    ],
  ])('%s', async (_, path, before, after, expected) => {
    expect(await exposuresOf(reader, 'monitoring', { [path]: before }, { [path]: after })).toEqual(expected)
  })
})

test.each([
  ['feat: CLI license diagnostics', 'low'],
  ['chore: move design system packages here', 'low'],
  ['feat: license diagnostics', 'medium'],
])('%s', async (title, expected) => {
  const after = { 'a.py': `${PY}    requests.get(URL)\n` }
  expect(await exposuresOf(reader, 'monitoring', {}, after, { title })).toEqual([
    `${expected} silent-outbound-call a.py:5`,
  ])
})

test('a package with components of Vue runs in a browser, but for its server', async () => {
  const files = { 'web/package.json': '{}', 'web/src/app.vue': '<template></template>' }
  const text = `${TS}  await axios.post(URL, order)\n}\n`
  const after = { ...files, 'web/src/gist.ts': text, 'web/server/gist.ts': text }
  expect(await exposuresOf(reader, 'monitoring', files, after)).toEqual([
    'medium silent-outbound-call web/server/gist.ts:3',
  ])
})
