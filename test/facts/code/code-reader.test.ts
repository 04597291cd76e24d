import { expect, test } from 'vitest'
import { codeFacts, testCodeReader } from '../../support/code.ts'

test('two reviews that start side by side load the parser once', async () => {
  const reader = await testCodeReader()
  await Promise.all([reader.prepare(['a.ts']), reader.prepare(['b.py', 'a.ts']), reader.prepare(['c.go'])])
  for (const path of ['a.ts', 'b.py', 'c.go'])
    expect(reader.read({ path, text: 'x = 1\n', key: null, as: 'source' })).not.toHaveProperty('reason')
})

test('nesting is followed to a depth, and what lies deeper is said', async () => {
  const reader = await testCodeReader()
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}\nfunction f() { throw new Error('seen') }\n`
  const facts = await codeFacts(reader, 'a.ts', deep)
  expect(facts.incomplete).toBe('it is nested deeper than 600 levels')
  expect(facts.errorPaths).toHaveLength(1)
})

test('broken code gives what can be read of it, and much of it is said', async () => {
  const reader = await testCodeReader()
  const fine = 'function f() { try { go() } catch (e) { log(e) } }\n'
  const little = await codeFacts(reader, 'a.ts', `${fine.repeat(9)}const = ;\n`)
  expect([little.errorPaths.length, little.incomplete]).toEqual([9, null])
  const much = await codeFacts(
    reader,
    'a.ts',
    `${fine}<<<<<<< HEAD ) ] } }{ ((( =\n=======\n] ) } >>>>>>> other ) ( [ }\n`,
  )
  expect(much.incomplete).toBe('a part of it does not parse')
})

test('a long chain and a long file take time in proportion', async () => {
  const reader = await testCodeReader()
  const chain = `x${'.then(f).catch(() => null)'.repeat(2_000)}\n`
  const long = 'try { go() } catch (e) { log(e) }\n'.repeat(5_000)
  const before = performance.now()
  await codeFacts(reader, 'a.ts', chain)
  expect((await codeFacts(reader, 'a.ts', long)).errorPaths).toHaveLength(5_000)
  expect(performance.now() - before).toBeLessThan(20_000)
})
