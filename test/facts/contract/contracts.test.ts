import { describe, expect, test } from 'vitest'
import type { ContractChange } from '../../../src/facts/contract/contract-change.ts'
import { compareGraphql } from '../../../src/facts/contract/graphql.ts'
import { compareOpenapi } from '../../../src/facts/contract/openapi.ts'
import { compareProto } from '../../../src/facts/contract/proto.ts'
import { compareAvro, compareCrd, compareJsonSchema } from '../../../src/facts/contract/record-schema.ts'

function said(changes: readonly ContractChange[]): readonly string[] {
  return changes.map(
    (one) =>
      `${one.kind} ${one.subject} ${one.side}:${one.line}${one.announced ? ' announced' : ''}${one.corrupts ? ' corrupts' : ''}`,
  )
}

describe('GraphQL', () => {
  const base =
    '"""Who."""\ntype User {\n  id: ID!\n  nick(upper: Boolean): String # { a brace\n  old: Int @deprecated(reason: "}")\n}\nenum Mood {\n  SAD\n  OK\n}\ninput NewUser {\n  name: String, mood: Mood\n}\nunion Any = User | Team\n'
  test.each<[string, string, readonly string[]]>([
    ['the same, described otherwise', base.replace('Who.', 'A "person".'), []],
    ['a field more', base.replace('id: ID!', 'id: ID!\n  age: Int!'), []],
    ['a field less', base.replace(/ {2}nick.*\n/, ''), ['removed User.nick base:4']],
    ['a deprecated field less', base.replace(/ {2}old.*\n/, ''), ['removed User.old base:5 announced']],
    ['another type', base.replace('): String', '): Int'), ['type-changed User.nick head:4']],
    ['may be null', base.replace('ID!', 'ID'), ['made-nullable User.id head:3']],
    ['never null', base.replace('): String', '): String!'), []],
    ['an argument less', base.replace('(upper: Boolean)', ''), ['removed User.nick(upper:) base:4']],
    [
      'a required argument more',
      base.replace('Boolean)', 'Boolean, by: Int!)'),
      ['made-required User.nick(by:) head:4'],
    ],
    ['one with a default', base.replace('Boolean)', 'Boolean, by: Int! = 1)'), []],
    ['a value less', base.replace('  SAD\n', ''), ['value-removed Mood.SAD base:8']],
    ['a required input', base.replace('name: String', 'name: String!'), ['made-required NewUser.name head:12']],
    ['a member less', base.replace(' | Team', ''), ['value-removed Any.Team base:14']],
    [
      'a type less, and the input that took it',
      base.replace(/enum Mood[^}]*}\n/, '').replace(', mood: Mood', ''),
      ['removed NewUser.mood base:12'],
    ],
    ['no schema at all: a query document', 'query Q { user { id } }', []],
  ])('%s', (_, head, expected) => {
    expect(said(compareGraphql(base, head))).toEqual(expected)
  })
})

describe('protobuf', () => {
  const base =
    'syntax = "proto3";\npackage shop.v1;\nmessage Order {\n  string id = 1; // the = 9;\n  int32 total = 2;\n  oneof how { string card = 3; }\n  map<string, int32> tags = 5;\n}\nenum State { NONE = 0; PAID = 1; }\nservice Shop {\n  rpc Buy (Order) returns (Order);\n}\n'
  test.each<[string, string, readonly string[]]>([
    ['a field more', base.replace('= 2;', '= 2;\n  string note = 8;'), []],
    ['a field less', base.replace('  int32 total = 2;\n', ''), ['removed Order.total base:5']],
    [
      'a field less, its number reserved',
      base.replace('int32 total = 2;', 'reserved 2, 9 to 11;'),
      ['removed Order.total base:5 announced'],
    ],
    ['another number', base.replace('total = 2', 'total = 7'), ['renumbered Order.total head:5 corrupts']],
    [
      'another type on the wire',
      base.replace('int32 total', 'string total'),
      ['type-changed Order.total head:5 corrupts'],
    ],
    ['another type, the same wire', base.replace('int32 total', 'int64 total'), ['type-changed Order.total head:5']],
    ['another name', base.replace('total', 'sum'), ['renamed Order.total head:5 announced']],
    [
      'another field under the number',
      base.replace('int32 total', 'string note'),
      ['type-changed Order.total head:5 corrupts'],
    ],
    ['a value less', base.replace(' PAID = 1;', ''), ['value-removed State.PAID base:9']],
    ['a method less', base.replace(/ {2}rpc.*\n/, ''), ['removed rpc Shop.Buy base:11']],
    ['a stream', base.replace('returns (Order)', 'returns (stream Order)'), ['type-changed rpc Shop.Buy head:11']],
    [
      'a message less, in alpha',
      base.replace(/message Order[\s\S]*?tags = 5;\n}/, '').replace('v1', 'v1alpha1'),
      ['removed Order base:3 announced'],
    ],
  ])('%s', (_, head, expected) => {
    expect(said(compareProto(base, head))).toEqual(expected)
  })
})

const API = {
  openapi: '3.0.0',
  paths: {
    '/orders/{id}': {
      get: { responses: { 200: { $ref: '#/components/schemas/Order' } } },
      delete: { deprecated: true },
      post: { requestBody: { $ref: '#/components/schemas/New' }, parameters: [{ in: 'query', name: 'dry' }] },
    },
  },
  components: {
    schemas: {
      Order: { properties: { id: { type: 'string' }, total: { type: 'integer', minimum: 1 } } },
      New: { required: ['a'], properties: { a: { type: 'string' }, b: { type: 'string' } } },
      Lost: { properties: { x: {} } },
    },
  },
}
const json = (value: unknown): string => JSON.stringify(value, null, 2)

describe('OpenAPI', () => {
  const base = json(API)
  test.each<[string, string, readonly string[]]>([
    ['the parameter of a path has another name', base.replaceAll('{id}', '{order}'), []],
    ['a bound moves', base.replace('"minimum": 1', '"minimum": 2'), []],
    ['a schema that nothing leads to', base.replace('"x": {}', ''), []],
    ['a property that is only asked for', base.replace('"b": {', '"c": {'), []],
    ['wider', base.replace('"type": "integer"', '"type": "number"'), []],
    ['an operation less', base.replace('"get": {', '"head": {'), ['removed GET /orders/{} base:5']],
    ['a deprecated one less', base.replace('"delete": {', '"put": {'), ['removed DELETE /orders/{} base:12 announced']],
    ['a property of an answer less', base.replace('"total": {', '"sum": {'), ['removed Order.total base:36']],
    ['another type', base.replace('"type": "integer"', '"type": "string"'), ['type-changed Order.total head:36']],
    ['more is required', base.replace('"a"\n', '"a", "b"\n'), ['made-required New.b head:46']],
    [
      'a parameter is required',
      base.replace('"name": "dry"', '"name": "dry", "required": true'),
      ['made-required POST /orders/{} (query dry) head:22'],
    ],
    ['no document any more', 'openapi: [', []],
  ])('%s', (_, head, expected) => {
    const lineless = (lines: readonly string[]) => lines.map((line) => line.replace(/:\d+/, ''))
    expect(lineless(said(compareOpenapi('api.json', base, head)))).toEqual(lineless(expected))
  })

  test('YAML, with lines', () => {
    const yaml = 'openapi: 3.0.0\npaths:\n  /a:\n    get: {}\n  /b:\n    get: {}\n'
    expect(said(compareOpenapi('api.yaml', yaml, yaml.replace('  /b:\n    get: {}\n', '')))).toEqual([
      'removed GET /b base:6',
    ])
  })

  test('a text that is nested without end is not read', () => {
    expect(compareOpenapi('api.yaml', `openapi: 3\npaths: ${'['.repeat(30_000)}`, 'openapi: 3\n')).toEqual([])
  })
})

describe('Avro, JSON Schema, CRD', () => {
  const avro = (fields: readonly unknown[]): string => json({ type: 'record', name: 'Order', fields })
  const id = { name: 'id', type: 'long' }
  test.each<[string, readonly unknown[], readonly unknown[], readonly string[]]>([
    ['a field more, with a default', [id], [id, { name: 'n', type: 'int', default: 0 }], []],
    ['a field more, without', [id], [id, { name: 'n', type: 'int' }], ['made-required Order.n']],
    ['a field less', [id, { name: 'n', type: 'int' }], [id], ['removed Order.n']],
    ['a promotion', [{ name: 'n', type: 'int' }], [{ name: 'n', type: 'long' }], []],
    ['another type', [{ name: 'n', type: 'long' }], [{ name: 'n', type: 'string' }], ['type-changed Order.n']],
    ['may be null', [{ name: 'n', type: 'int' }], [{ name: 'n', type: ['null', 'int'] }], []],
  ])('Avro: %s', (_, base, head, expected) => {
    expect(
      said(compareAvro('a.avsc', avro(base), avro(head))).map((line) => line.replace(/ (?:base|head):\d+/, '')),
    ).toEqual(expected)
  })

  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    properties: { a: { type: 'string' }, b: { properties: { c: { type: 'integer' } } } },
    required: ['a'],
  }
  test.each<[string, unknown, readonly string[]]>([
    ['a property more', { ...schema, properties: { ...schema.properties, z: {} } }, []],
    ['more is required', { ...schema, required: ['a', 'b'] }, ['made-required b']],
    [
      'another type, deep',
      { ...schema, properties: { ...schema.properties, b: { properties: { c: { type: 'string' } } } } },
      ['type-changed b.c'],
    ],
    [
      'a property less, and others are refused',
      { ...schema, properties: { a: { type: 'string' } }, additionalProperties: false },
      ['removed b'],
    ],
    ['a property less, others are taken', { ...schema, properties: { a: { type: 'string' } } }, []],
  ])('JSON Schema: %s', (_, head, expected) => {
    expect(
      said(compareJsonSchema('a.json', json(schema), json(head))).map((line) => line.replace(/ (?:base|head):\d+/, '')),
    ).toEqual(expected)
  })

  const crd =
    'kind: CustomResourceDefinition\nspec:\n  names: { kind: App }\n  versions:\n    - name: v1\n      schema:\n        openAPIV3Schema:\n          properties:\n            spec:\n              properties:\n                url: { type: string }\n'
  test.each<[string, string, readonly string[]]>([
    ['a property less', crd.replace('url: {', 'uri: {'), ['removed App v1.spec.url base:11']],
    ['a version less', crd.replace('name: v1', 'name: v2'), ['removed App v1 base:5']],
  ])('CRD: %s', (_, head, expected) => {
    expect(said(compareCrd('a.yaml', crd, head))).toEqual(expected)
  })
})

test('GraphQL: a value that is only ever answered may go', () => {
  const base = 'type A {\n  mood: Mood\n}\nenum Mood {\n  SAD\n  OK\n}\n'
  expect(compareGraphql(base, base.replace('  SAD\n', ''))).toEqual([])
})

test('GraphQL: a type goes with the field that gave it, and is said once', () => {
  const base = 'type Query {\n  a: [A!]! @deprecated\n  b: Int\n}\ntype A {\n  x: Int\n}\n'
  expect(said(compareGraphql(base, 'type Query {\n  b: Int\n}\n'))).toEqual(['removed Query.a base:2 announced'])
  expect(said(compareGraphql(`${base}scalar Alone`, base))).toEqual(['removed scalar Alone base:8'])
})

test('a document that loses everything is compared in time', () => {
  const paths = Object.fromEntries(Array.from({ length: 8_000 }, (_, i) => [`/p${i}`, { get: {} }]))
  const started = performance.now()
  expect(
    compareOpenapi('a.json', json({ openapi: '3', paths }), json({ openapi: '3', paths: { '/q': {} } })),
  ).toHaveLength(8_000)
  expect(performance.now() - started).toBeLessThan(4_000)
})
