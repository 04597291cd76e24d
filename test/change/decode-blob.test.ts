import { expect, test } from 'vitest'
import { decodeBlob } from '../../src/change/decode-blob.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test.each([
  ['text', bytes('é\r\n'), { status: 'text', text: 'é\r\n' }],
  ['nothing', bytes(''), { status: 'text', text: '' }],
  ['a byte order mark', bytes('\ufeffa'), { status: 'text', text: '\ufeffa' }],
  ['Latin-1', Uint8Array.of(0x63, 0xe9, 0x0a), { status: 'text', text: 'c\ufffd\n' }],
  ['a NUL', bytes('a\0b'), { status: 'binary' }],
  [
    'a NUL behind what git looks at',
    bytes(`${'a'.repeat(8_000)}\0`),
    { status: 'text', text: `${'a'.repeat(8_000)}\0` },
  ],
  [
    'a pointer of LFS',
    bytes('version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 3\n'),
    { status: 'binary' },
  ],
  [
    'a text about LFS',
    bytes('See version https://git-lfs.github.com/spec/v1\n'),
    { status: 'text', text: 'See version https://git-lfs.github.com/spec/v1\n' },
  ],
  ['the largest that is read', bytes('a'.repeat(2 ** 21)), { status: 'text', text: 'a'.repeat(2 ** 21) }],
  ['one byte more', bytes('a'.repeat(2 ** 21 + 1)), { status: 'too-large', bytes: 2 ** 21 + 1 }],
])('%s', (_what, content, blob) => {
  expect(decodeBlob(content)).toEqual(blob)
})
