import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { writeCodeCache } from '../../../scripts/write-code-cache.ts'
import { codeCacheOf, runBundle } from '../../../src/entrypoints/run-bundle.ts'
import { airworthy, COMMAND_LINE, createService } from '../../support/command-line.ts'

const folder = dirname(COMMAND_LINE)
const bundle = join(folder, 'cli', 'main.cjs')
const cache = codeCacheOf(bundle)
const service = createService()
afterEach(() => rmSync(cache, { force: true }))

function review() {
  return airworthy(['review', 'main...exposed', '--repo', service.dir, '--format', 'json'])
}

/** In a process of its own: V8 remembers what it has compiled in this one. */
function isTaken(): string {
  const script = `const { readFileSync } = require('node:fs'); const [bundle, cachedData] = process.argv.slice(1)
    const source = require('node:module').wrap(readFileSync(bundle, 'utf8'))
    const script = new (require('node:vm').Script)(source, { filename: bundle, cachedData: readFileSync(cachedData) })
    process.stdout.write(script.cachedDataRejected ? 'left' : 'taken')`
  return execFileSync(process.execPath, ['--eval', script, bundle, cache], { encoding: 'utf8' })
}

test('what V8 compiled during the build is taken, and changes nothing', async () => {
  const without = await review()
  expect(without).toMatchObject({ code: 1, stderr: '' })
  await writeCodeCache(folder)
  expect(isTaken()).toBe('taken')
  expect(await review()).toEqual(without)
})

test('one that does not fit is left, and changes nothing', async () => {
  const without = await review()
  writeFileSync(cache, 'from another Node')
  expect(isTaken()).toBe('left')
  expect(await review()).toEqual(without)
})

test('a bundle without a main is a bug', () => {
  const empty = join(folder, 'empty.cjs')
  writeFileSync(empty, '')
  expect(() => runBundle(empty, null)).toThrow('empty.cjs has no main')
})
