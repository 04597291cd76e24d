import { expect, test } from 'vitest'
import { BlobCache } from '../../src/github/blob-cache.ts'

const text = (length: number) => ({ status: 'text', text: 'x'.repeat(length) }) as const

test('drops what was not used for longest, and holds no more than it may', () => {
  const cache = new BlobCache(3000)
  cache.set('a', text(800))
  cache.set('b', text(800))
  expect(cache.get('a')).toEqual(text(800))
  cache.set('c', text(800))
  cache.set('d', { status: 'binary' })
  expect(['a', 'b', 'c', 'd'].filter((id) => cache.get(id))).toEqual(['a', 'c', 'd'])
})

test('a blob larger than all of it is not kept', () => {
  const cache = new BlobCache(1000)
  cache.set('small', text(10))
  cache.set('large', text(5000))
  expect(cache.get('large')).toBeUndefined()
})
