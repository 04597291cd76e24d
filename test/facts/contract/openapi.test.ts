import { expect, test } from 'vitest'
import { compareOpenapi } from '../../../src/facts/contract/openapi.ts'

const api = (answer: string, ask: string, schemas: string): string => `openapi: 3.0.0
paths:
  /a:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/${ask}' } } } }
      responses: { '200': { content: { application/json: { schema: { $ref: '#/components/schemas/${answer}' } } } } }
components:
  schemas:
${schemas}`
const ENUM = '    Kind: { type: string, enum: [a, b] }\n'
const ASK =
  "    Ask: { properties: { kind: { $ref: '#/components/schemas/Kind' }, size: { type: string, enum: [s, l] } } }\n"
const ORDER = "    Order: { properties: { item: { $ref: '#/components/schemas/Item' } } }\n"
const ITEM =
  "    Item: { properties: { id: { type: string }, price: { type: integer }, next: { $ref: '#/components/schemas/Item' } } }\n"

test.each<[string, string, string, readonly string[]]>([
  ['a value that clients may give', ASK + ENUM, ASK + ENUM.replace('[a, b]', '[a]'), ['value-removed Kind b']],
  [
    'a value of a property that they may give',
    ASK + ENUM,
    (ASK + ENUM).replace('[s, l]', '[s]'),
    ['value-removed Ask.size l'],
  ],
  ['a value more', ASK + ENUM, ASK + ENUM.replace('[a, b]', '[a, b, c]'), []],
  [
    'a value that they only get',
    `${ASK}    Order: { properties: { state: { type: string, enum: [x, y] } } }\n`,
    `${ASK}    Order: { properties: { state: { type: string, enum: [x] } } }\n`,
    [],
  ],
  ['a schema with another name', ORDER + ITEM, (ORDER + ITEM).replaceAll('Item', 'Thing'), []],
  [
    'a schema with another name that holds less',
    ORDER + ITEM,
    (ORDER + ITEM).replaceAll('Item', 'Thing').replace(' price: { type: integer },', ''),
    ['removed Item.price'],
  ],
  [
    'an unstable one',
    `    UnstableOrder: { properties: { a: { type: string }, b: { type: string } } }\n`,
    `    UnstableOrder: { properties: { a: { type: string } } }\n`,
    ['removed UnstableOrder.b announced'],
  ],
])('%s', (name, before, after, expected) => {
  const answer = name === 'an unstable one' ? 'UnstableOrder' : 'Order'
  const said = compareOpenapi('api.yaml', api(answer, 'Ask', before), api(answer, 'Ask', after)).map(
    (one) => `${one.kind} ${one.subject}${one.announced ? ' announced' : ''}`,
  )
  expect(said).toEqual(expected)
})
