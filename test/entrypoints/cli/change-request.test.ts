import { describe, expect, test } from 'vitest'
import { type ChangeOptions, changeRequest } from '../../../src/entrypoints/cli/change-request.ts'

describe('which change the options mean', () => {
  test.each<[range: string | undefined, options: ChangeOptions, request: ReturnType<typeof changeRequest>]>([
    [undefined, {}, { kind: 'range' }],
    ['main...feature', {}, { kind: 'range', range: 'main...feature' }],
    [undefined, { base: 'a' }, { kind: 'range', base: 'a' }],
    [undefined, { head: 'b' }, { kind: 'range', head: 'b' }],
    [undefined, { base: 'a', head: 'b' }, { kind: 'range', base: 'a', head: 'b' }],
    [undefined, { staged: true }, { kind: 'index' }],
    [undefined, { workingTree: true, base: 'main' }, { kind: 'working-tree', base: 'main' }],
    [undefined, { diff: '-' }, { kind: 'diff', file: '-' }],
  ])('%s %o', (range, options, request) => {
    expect(changeRequest(range, options)).toEqual(request)
  })
})

describe('options that contradict each other', () => {
  test.each<[range: string | undefined, options: ChangeOptions]>([
    ['a...b', { staged: true }],
    ['a...b', { head: 'c' }],
    ['a...b', { base: 'c' }],
    [undefined, { staged: true, workingTree: true }],
    [undefined, { staged: true, head: 'b' }],
    [undefined, { diff: 'x.diff', base: 'a' }],
  ])('%s %o', (range, options) => {
    expect(() => changeRequest(range, options)).toThrow(/Give one of them\.|Leave --base out\./)
  })
})
