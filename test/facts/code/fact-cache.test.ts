import { expect, test } from 'vitest'
import { createFactCache } from '../../../src/facts/code/fact-cache.ts'

function filled(capacity: number, ...sizes: readonly (readonly [string, number])[]) {
  const cache = createFactCache<string>(capacity)
  for (const [key, size] of sizes) cache.set(key, `facts of ${key}`, size)
  return cache
}

test('what fits stays', () => {
  const cache = filled(10, ['a', 4], ['b', 6])
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['facts of a', 'facts of b', undefined])
})

test('what was not asked for the longest goes first', () => {
  const cache = filled(10, ['a', 4], ['b', 4])
  cache.get('a')
  cache.set('c', 'facts of c', 4)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['facts of a', undefined, 'facts of c'])
})

test('one that is larger than all is there until the next', () => {
  const cache = filled(10, ['a', 4], ['huge', 40])
  expect([cache.get('a'), cache.get('huge')]).toEqual([undefined, 'facts of huge'])
  cache.set('b', 'facts of b', 1)
  expect([cache.get('huge'), cache.get('b')]).toEqual([undefined, 'facts of b'])
})

test('a key that is set again counts once', () => {
  const cache = filled(10, ['a', 6], ['a', 6], ['b', 4])
  expect([cache.get('a'), cache.get('b')]).toEqual(['facts of a', 'facts of b'])
})
