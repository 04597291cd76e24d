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
  return exposuresOf(reader, 'feature-flag', before, after)
}

const NODE = { 'package.json': '{ "dependencies": { "unleash-client": "6.0.0" } }' }

describe('a contract', () => {
  const SDL = 'type Query {\n  me: User\n}\n\ntype Mutation {\n  refundCreate(id: ID!): Refund\n}\n'
  const PROTO = 'service Shop {\n  rpc GetOrder(A) returns (B);\n  rpc RefundOrder(A) returns (B);\n}\n'
  const OPENAPI = 'paths:\n  /refunds:\n    post:\n      summary: x\n    get:\n      summary: y\n'
  test.each<[string, string, string, Files, readonly string[]]>([
    [
      'GraphQL with its resolver',
      'schema.graphql',
      SDL,
      { 'src/refund-create.ts': 'export const refundCreateMutation = mutationOf({})\n' },
      ['low ungated-resolver schema.graphql:2', 'medium ungated-resolver schema.graphql:6'],
    ],
    [
      'GraphQL alone may be a copy of the schema of another service',
      'schema.graphql',
      SDL,
      {},
      ['low ungated-resolver schema.graphql:2', 'low ungated-resolver schema.graphql:6'],
    ],
    [
      'proto with its server',
      'shop.proto',
      PROTO,
      { 'shop.go': 'package shop\n\nfunc (s *server) RefundOrder(a *A) *B {\n\treturn give(a)\n}\n' },
      ['low ungated-rpc shop.proto:2', 'medium ungated-rpc shop.proto:3'],
    ],
    [
      'OpenAPI with code in a language that is not read',
      'openapi.yaml',
      OPENAPI,
      { 'src/Refunds.kt': 'class Refunds\n' },
      ['medium ungated-route openapi.yaml:3', 'low ungated-route openapi.yaml:5'],
    ],
    [
      'OpenAPI alone',
      'openapi.yaml',
      OPENAPI,
      {},
      ['low ungated-route openapi.yaml:3', 'low ungated-route openapi.yaml:5'],
    ],
  ])('%s', async (_, path, text, code, expected) => {
    expect(await assess(NODE, { ...NODE, [path]: text, ...code })).toEqual(expected)
  })
})
