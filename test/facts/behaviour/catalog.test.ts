import { beforeAll, describe, expect, test } from 'vitest'
import type { Behaviour } from '../../../src/facts/behaviour/behaviour-facts.ts'
import { behaviourOf } from '../../../src/facts/behaviour/behaviour-of.ts'
import { parseCatalog } from '../../../src/facts/behaviour/catalog-schema.ts'
import { practiceOfTexts } from '../../../src/facts/behaviour/practice.ts'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { catalog } from '../../support/catalog.ts'
import { codeFacts, testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const EXTENSION = { go: 'go', python: 'py', typescript: 'ts' } as const

async function behaviour(language: keyof typeof EXTENSION, path: string | undefined, code: string): Promise<Behaviour> {
  const at = path ?? `a.${EXTENSION[language]}`
  return behaviourOf(await codeFacts(reader, at, code), at, catalog)
}

/** Every entry says in an example what it finds, and in another what it must leave alone. */
const CODE = [
  ...catalog.entryPoints.map((one) => ({ ...one, titles: (b: Behaviour) => b.entryPoints.map((e) => e.framework) })),
  ...catalog.flags.map((one) => ({ ...one, titles: (b: Behaviour) => b.gates.map((gate) => gate.tool) })),
  ...catalog.signals.map((one) => ({ ...one, titles: (b: Behaviour) => b.signals.map((signal) => signal.tool) })),
  ...catalog.clients.map((one) => ({ ...one, titles: (b: Behaviour) => b.outbound.map((call) => call.client) })),
].flatMap((one) => one.examples.map((example) => ({ ...one, example, name: `${one.id}, ${example.language}` })))

describe.each(CODE)('$name', ({ title, titles, example: { language, path, yes, no } }) => {
  test('is found', async () => expect(titles(await behaviour(language, path, yes))).toContain(title))
  test('is not found elsewhere', async () => expect(titles(await behaviour(language, path, no))).toEqual([]))
})

describe.each(catalog.instruments.flatMap((one) => one.examples.map((example) => ({ ...one, example }))))(
  '$id',
  ({ title, example: { path, yes, no } }) => {
    const titles = (text: string): readonly string[] =>
      practiceOfTexts([{ path, text }], catalog).telemetry.map((one) => one.title)
    test('is found', () => expect(titles(yes)).toContain(title))
    test('is not found elsewhere', () => expect(titles(no)).not.toContain(title))
  },
)

test('ids are unique, and every entry has examples', () => {
  const all = [...catalog.entryPoints, ...catalog.flags, ...catalog.signals, ...catalog.clients, ...catalog.instruments]
  const ids = all.map((one) => one.id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(all.filter((one) => one.examples.length === 0)).toEqual([])
})

test('every entry has an example in each of its languages', () => {
  const all = [...catalog.entryPoints, ...catalog.flags, ...catalog.signals, ...catalog.clients]
  const missing = all.flatMap(({ id, languages, examples }) =>
    languages.filter((language) => !examples.some((one) => one.language === language)).map((one) => `${id}, ${one}`),
  )
  expect(missing).toEqual([])
})

test('a fault in a catalog names the file and the place', () => {
  expect(() => parseCatalog(new Map([['mine.yml', { flags: [{ id: 'x' }] }]]))).toThrow(
    /catalog mine\.yml: [\s\S]*flags\[0\]/,
  )
})
