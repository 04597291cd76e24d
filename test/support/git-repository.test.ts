import { existsSync, lstatSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createGitRepository, executable, symlinkTo } from './git-repository.ts'

test('the same calls make the same commits', () => {
  const make = () => createGitRepository({ 'src/a.ts': 'one\n' }).commit('Second', { 'src/a.ts': 'two\n' })
  expect(make()).toBe(make())
})

test('writes text, bytes, links and scripts, and removes', () => {
  const repository = createGitRepository({
    'deep/down/a.txt': 'a',
    bytes: Uint8Array.of(0, 255),
    link: symlinkTo('deep'),
    run: executable('#!/bin/sh\n'),
  })
  expect(readlinkSync(join(repository.dir, 'link'))).toBe('deep')
  expect(lstatSync(join(repository.dir, 'run')).mode & 0o111).not.toBe(0)
  repository.commit('Remove', { bytes: null })
  expect(existsSync(join(repository.dir, 'bytes'))).toBe(false)
  expect(repository.git('ls-tree', '--name-only', 'HEAD')).toBe('deep\nlink\nrun')
})

test('branches, merges and clones', () => {
  const repository = createGitRepository({ a: '1\n' })
  repository.branch('feature')
  const feature = repository.commit('Feature', { b: '2\n' })
  repository.checkout('main')
  repository.commit('Meanwhile', { c: '3\n' })
  const merge = repository.merge('feature')
  expect(repository.git('rev-parse', `${merge}^2`)).toBe(feature)
  expect(repository.clone('--bare').git('rev-parse', 'main')).toBe(merge)
})
