import { expect, test } from 'vitest'
import { terminalStyle } from '../../../src/entrypoints/cli/terminal.ts'

test.each([
  ['a terminal', { isTTY: true, columns: 72 }, {}, { width: 72, color: true, unicode: true }],
  ['a terminal of unknown width', { isTTY: true, columns: 0 }, {}, { width: 100, color: true, unicode: true }],
  ['the console of Linux', { isTTY: true, columns: 80 }, { TERM: 'linux' }, { width: 80, color: true, unicode: false }],
  ['a dumb terminal', { isTTY: true, columns: 80 }, { TERM: 'dumb' }, { width: 80, color: false, unicode: false }],
  ['no colour wanted', { isTTY: true, columns: 80 }, { NO_COLOR: '1' }, { width: 80, color: false, unicode: true }],
  [
    'an empty NO_COLOR says nothing',
    { isTTY: true, columns: 80 },
    { NO_COLOR: '' },
    { width: 80, color: true, unicode: true },
  ],
  ['a pipe', { columns: 72 }, { TERM: 'dumb' }, { width: 100, color: false, unicode: true }],
  ['a pipe, colour forced', {}, { FORCE_COLOR: '1' }, { width: 100, color: true, unicode: true }],
  ['a file', null, {}, { width: 100, color: false, unicode: true }],
])('%s', (_what, stream, env, style) => {
  expect(terminalStyle(stream, env)).toEqual(style)
})
