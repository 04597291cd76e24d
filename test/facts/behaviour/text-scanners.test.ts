import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alertRulesIn } from '../../../src/facts/behaviour/alert-rules.ts'
import { contractEntryPoints } from '../../../src/facts/behaviour/contracts.ts'
import { packagesIn } from '../../../src/facts/behaviour/manifest-packages.ts'

const identities = (path: string, text: string): readonly string[] =>
  contractEntryPoints(path, text).map((entry) => `${entry.identity}${entry.writes ? '!' : ''}`)

describe('contracts', () => {
  test.each<[string, string, string, readonly string[]]>([
    [
      'fields with arguments over lines',
      'a.graphql',
      'type Mutation {\n  pay(\n    id: ID!\n    name: String\n  ): Int\n  give: Int\n}\n',
      ['Mutation.pay!', 'Mutation.give!'],
    ],
    ['extensions', 'a.graphql', 'extend type Query {\n  me: User\n}\ntype User {\n  id: ID\n}\n', ['Query.me']],
    [
      'descriptions are no fields',
      'a.graphql',
      'type Query {\n  """\n  old: not this\n  """\n  me: User\n}\n',
      ['Query.me'],
    ],
    [
      'services',
      'a.proto',
      'service Shop {\n  rpc GetOrder(A) returns (B);\n  rpc Pay(A) returns (B) {}\n}\nmessage A { string rpc = 1; }\n',
      ['Shop.GetOrder', 'Shop.Pay!'],
    ],
    [
      'operations',
      'openapi.yaml',
      'paths:\n  /a/{id}:\n    parameters: []\n    get:\n      x: 1\n    delete:\n      x: 1\ncomponents:\n  /no:\n    get: 1\n',
      ['GET /a/{id}', 'DELETE /a/{id}!'],
    ],
  ])('%s', (_, path, text, expected) => {
    expect(identities(path, text)).toEqual(expected)
  })
  test('any text gives entries in its lines', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('a.graphql', 'a.proto', 'openapi.yml'),
        fc.string({ unit: 'grapheme' }),
        (path, text) => {
          const lines = text.split('\n').length
          expect(
            contractEntryPoints(path, text).every(({ span }) => span.startLine >= 1 && span.endLine <= lines),
          ).toBe(true)
        },
      ),
    )
  })
})

describe('packages of a manifest', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'package.json',
      '{\n  "dependencies": {\n    "@sentry/node": "8",\n    "express": "4"\n  }\n}',
      ['dependencies', '@sentry/node', 'express'],
    ],
    [
      'go.mod',
      'module x\n\nrequire (\n\tgithub.com/a/b v1.0.0\n\tgithub.com/c/d v1.0.0 // indirect\n)\n',
      ['github.com/a/b'],
    ],
    ['requirements/base.txt', 'Django==4\n# celery\nsentry-sdk[django]>=2\n-r other.txt\n', ['Django', 'sentry-sdk']],
    [
      'pyproject.toml',
      'dependencies = [\n  "fastapi>=0.1",\n  "sentry-sdk[fastapi]>=2",\n]\n[tool.poetry.dependencies]\ncelery = "^5"\n',
      ['dependencies', 'fastapi', 'sentry-sdk', 'celery'],
    ],
    ['src/a.ts', '"@sentry/node": 1', []],
  ])('%s', (path, text, expected) => {
    expect(packagesIn(path, text).map((one) => one.name)).toEqual(expected)
  })
})

describe('alert rules', () => {
  test('names, times and severities, also in a template', () => {
    const text =
      '      - alert: Down\n        expr: {{ .x }}\n        for: 5m\n        labels:\n          severity: page\n      - alert: "Slow"\n        for: 1h\n'
    expect(alertRulesIn(text)).toEqual([
      { name: 'Down', line: 1, holds: 300, severity: 'page' },
      { name: 'Slow', line: 6, holds: 3600, severity: null },
    ])
  })
  test('any text gives no more alerts than lines', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(alertRulesIn(`alert: ${text}`).length).toBeLessThanOrEqual(text.split('\n').length)
      }),
    )
  })
})
