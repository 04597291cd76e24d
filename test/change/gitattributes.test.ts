import { describe, expect, test } from 'vitest'
import { compileAttributes } from '../../src/change/gitattributes.ts'
import { createGitRepository } from '../support/git-repository.ts'

const GENERATED = { generated: true }

describe('one line of a root file', () => {
  test.each([
    ['*.pb.go linguist-generated', 'api/a.pb.go', GENERATED],
    ['*.pb.go linguist-generated', 'api/a.go', {}],
    ['*.pb.go linguist-generated=true', 'a.pb.go', GENERATED],
    ['*.pb.go -linguist-generated', 'a.pb.go', { generated: false }],
    ['*.pb.go linguist-generated=false', 'a.pb.go', { generated: false }],
    ['api/*.go linguist-generated', 'api/a.go', GENERATED],
    ['api/*.go linguist-generated', 'api/deep/a.go', {}],
    ['api/*.go linguist-generated', 'x/api/a.go', {}],
    ['/a.go linguist-generated', 'a.go', GENERATED],
    ['/a.go linguist-generated', 'x/a.go', {}],
    ['a.go linguist-generated', 'x/a.go', GENERATED],
    ['api/** linguist-generated', 'api/deep/a.go', GENERATED],
    ['**/api/** linguist-generated', 'x/api/a.go', GENERATED],
    ['api/ linguist-generated', 'api/a.go', {}],
    ['api linguist-generated', 'api/a.go', {}],
    ['a** linguist-generated', 'abc', GENERATED],
    ['*.go text eol=lf linguist-generated -diff', 'a.go', GENERATED],
    ['"a b.go" linguist-generated', 'a b.go', GENERATED],
    ['"caf\\303\\251" linguist-generated', 'café', GENERATED],
    ['*.go\tlinguist-generated\r', 'a.go', GENERATED],
    ['  *.go linguist-generated', 'a.go', GENERATED],
    ['{a,b}.go linguist-generated', 'a.go', {}],
    ['third/** linguist-vendored', 'third/a.c', { vendored: true }],
    ['guide/** linguist-documentation', 'guide/a.ts', { documentation: true }],
    ['* linguist-vendored linguist-generated', 'a', { vendored: true, generated: true }],
    ['# *.go linguist-generated', '#', {}],
    ['!*.go linguist-generated', 'a.go', {}],
    ['[attr]gen linguist-generated', 'gen', {}],
    ['[a linguist-generated', '[a', {}],
    ['*.go linguist-language=Go', 'a.go', {}],
  ])('%j for %s', (line, path, attributes) => {
    expect(compileAttributes([{ folder: '', text: `${line}\n` }])(path)).toEqual(attributes)
  })
})

test('the last line decides, a deeper file goes first, and `!` forgets', () => {
  const attributesOf = compileAttributes([
    { folder: 'api/v2', text: 'kept.go -linguist-generated\n' },
    { folder: '', text: '*.go linguist-generated\nhand.go -linguist-generated\nunsaid.go !linguist-generated\n' },
    { folder: 'api', text: '/local.go linguist-vendored\n' },
  ])
  expect(attributesOf('x/a.go')).toEqual(GENERATED)
  expect(attributesOf('x/hand.go')).toEqual({ generated: false })
  expect(attributesOf('x/unsaid.go')).toEqual({})
  expect(attributesOf('api/v2/kept.go')).toEqual({ generated: false })
  expect(attributesOf('kept.go')).toEqual(GENERATED)
  expect(attributesOf('api/local.go')).toEqual({ generated: true, vendored: true })
  expect(attributesOf('api/v2/local.go')).toEqual(GENERATED)
  expect(attributesOf('apix/v2/kept.go')).toEqual(GENERATED)
})

test('agrees with git', () => {
  const root = '*.a set\n/b/*.a -set\nc/** set\nd/**/x set\n**/e set\n[f-h]?.a !set\n"q r" set\n'
    .replaceAll('-set', '-linguist-generated')
    .replaceAll(/(?<=[ !])set/g, 'linguist-generated')
  const deep = 'z.a linguist-generated\n/y.a -linguist-generated\n'
  const repository = createGitRepository({ '.gitattributes': root, 'b/.gitattributes': deep })
  const paths =
    'x.a b/x.a b/c/x.a c/x c/d/x d/x d/m/n/x d/xx e m/e m/e/n f1.a i1.a f12.a b/z.a b/y.a b/n/z.a b/n/y.a'.split(' ')
  paths.push('q r', 'm/q r')
  const said = repository
    .gitWithInput(paths.join('\0'), 'check-attr', '-z', '--stdin', 'linguist-generated')
    .split('\0')
  const expected = paths.map((path, at) => [path, { set: true, unset: false }[said[at * 3 + 2] ?? '']])
  const attributesOf = compileAttributes([
    { folder: '', text: root },
    { folder: 'b', text: deep },
  ])
  expect(paths.map((path) => [path, attributesOf(path).generated])).toEqual(expected)
})
