import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  codeSpan,
  escapeMarkdown,
  escapeTerminal,
  linkDestination,
  safeJson,
  uriPath,
  visible,
} from '../../src/report/escape.ts'
import { anyText } from './arbitrary-review.ts'

describe('escapeTerminal', () => {
  test.each([
    ['an escape sequence', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a C1 control, which alone begins a sequence', '\u009b2J', '\\u{9b}2J'],
    ['a line feed and a carriage return', 'a\r\nb', 'a\\u{d}\\u{a}b'],
    ['a right-to-left override', 'user\u202eadmin', 'user\\u{202e}admin'],
    ['an isolate', '\u2066x\u2069', '\\u{2066}x\\u{2069}'],
    ['a zero-width space', 'pass\u200bword', 'pass\\u{200b}word'],
    ['a tag character', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a lone surrogate', '\ud800x', '\\u{d800}x'],
    ['a tab', '\tx', '    x'],
    ['nothing else', 'plain 漢字 🚀 é `code` \\u{1b}', 'plain 漢字 🚀 é `code` \\u{1b}'],
  ])('spells out %s', (_, text, expected) => {
    expect(escapeTerminal(text)).toBe(expected)
  })
  test('spells out all but ASCII where the terminal does not read UTF-8: U+06DB ends in the byte 0x9b', () => {
    expect(escapeTerminal('a\u06dbé🚀', false)).toBe('a\\u{6db}\\u{e9}\\u{1f680}')
  })
})

describe('escapeMarkdown', () => {
  test.each([
    ['emphasis and strike', '*a* _b_ ~~c~~', '\\*a\\* \\_b\\_ \\~\\~c\\~\\~'],
    ['code', '`x`', '\\`x\\`'],
    ['a link', '[a](b)', '\\[a\\](b)'],
    ['HTML and entities', '<b> &lt;', '&lt;b&gt; &amp;lt;'],
    ['a table cell', 'a | b', 'a \\| b'],
    ['a backslash', '\\*', '\\\\\\*'],
    ['a mention, which a backslash does not stop', 'hi @acme/team', 'hi @&#8203;acme/team'],
    ['references', '#1 acme/web#2 GH-3 gh-4', '#&#8203;1 acme/web#&#8203;2 GH-&#8203;3 gh-&#8203;4'],
    ['no reference', 'c# #x GH-x', 'c\\# \\#x GH-x'],
    ['a bare URL', 'https://x.y www.x.y', 'https:&#8203;//x.y www&#8203;.x.y'],
    ['an address', 'a@b.co', 'a@&#8203;b.co'],
    ['a commit id', 'see deadbeef.', 'see `deadbeef`.'],
    ['no commit id', 'deadbee1zz abcdef', 'deadbee1zz abcdef'],
    ['an emoji', ':tada: a::b x:y', ':&#8203;tada: a::b x:y'],
    ['math', 'costs $5', 'costs <span>$</span>5'],
    ['line breaks', 'a\r\n\r\n# b\u2028c', 'a \\# b c'],
    ['a bullet', '- x', '\\- x'],
    ['a number', '1. x', '1\\. x'],
    ['a version', '1.2.3 -x', '1.2.3 -x'],
    ['an underline', '===', '\\==='],
    ['a task', '[x] done', '\\[x\\] done'],
    ['bidi', '\u202ex', '\\\\u{202e}x'],
  ])('keeps %s from meaning anything', (_, text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected)
  })
})

describe('codeSpan', () => {
  test.each([
    ['a.ts', '`a.ts`'],
    ['a`b', '``a`b``'],
    ['`a``', '``` `a`` ```'],
    [' a', '`  a `'],
    ['', '`  `'],
    ['a\nb', '`a\\u{a}b`'],
    ['@acme/x a@b', '`@\u200bacme/x a@b`'],
  ])('%j', (text, expected) => {
    expect(codeSpan(text)).toBe(expected)
  })
  test('is closed by its own fence alone', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [, fence = '', content = ''] = /^(`+)([\s\S]*?)\1$/.exec(codeSpan(text)) ?? []
        expect(fence).not.toBe('')
        expect(content.split(/(`+)/).filter((run) => run === fence)).toEqual([])
      }),
    )
  })
})

describe('uriPath', () => {
  test.each([
    ['src/a b.ts', 'src/a%20b.ts'],
    ['a:b/c?d#e.ts', 'a%3Ab/c%3Fd%23e.ts'],
    ["(x)'!*", '%28x%29%27%21%2A'],
    ['漢/é', '%E6%BC%A2/%C3%A9'],
    ['100%', '100%25'],
    ['\ud800', '%EF%BF%BD'],
  ])('%j is %s', (path, expected) => {
    expect(uriPath(path)).toBe(expected)
  })
})

describe('linkDestination', () => {
  test.each([
    ['https://github.com/a/b/blob/1/c.ts#L1-L2', 'https://github.com/a/b/blob/1/c.ts#L1-L2'],
    ['https://x.y/a b)(<"`>\\[]', 'https://x.y/a%20b%29%28%3C%22%60%3E%5C%5B%5D'],
    ['https://x.y/?a=1&lt=2', 'https://x.y/?a=1&amp;lt=2'],
    ['javascript:alert(1)', null],
    ['//x.y', null],
    [`https://x.y/${'a'.repeat(2000)}`, null],
  ])('%s', (url, expected) => {
    expect(linkDestination(url)).toBe(expected)
  })
})

test('safeJson escapes what JSON would let stand raw', () => {
  expect(safeJson({ a: '\u007f\u009b\u202e\u2028\u{e0041}\ud800é' }, 0)).toBe(
    '{"a":"\\u007f\\u009b\\u202e\\u2028\\udb40\\udc41\\ud800é"}',
  )
})

test('visible changes nothing the second time', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(visible(visible(text))).toBe(visible(text))
    }),
  )
})
