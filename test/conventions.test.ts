import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checks } from '../src/checks/index.ts'
import { readPresets } from '../src/entrypoints/assets.ts'
import { checksTable } from '../src/entrypoints/cli/checks-command.ts'
import { parsePolicyFile } from '../src/policy/parse-policy.ts'
import { policyJsonSchema } from '../src/policy/policy-json-schema.ts'
import {
  deadPaths,
  emptyNames,
  generatedPart,
  importsAgainstTheFlow,
  machinePaths,
  notKebabCase,
  reachesOut,
  tableIds,
  tooLong,
} from './support/project-rules.ts'
import { sourceFacts } from './support/source-facts.ts'

const listing = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
const paths = [...new Set(listing.split('\0'))].filter((path) => path !== '' && existsSync(path)).sort()
const code = paths.filter((path) => /^(?:src|test|scripts)\/.*\.(?:ts|mjs)$/.test(path))
const pages = paths.filter((path) => path.endsWith('.md'))
const texts = new Map(paths.filter((path) => !/\.(?:wasm|png|gz)$/.test(path)).map((path) => [path, textOf(path)]))
const sources = new Map(
  await Promise.all(
    code
      .filter((path) => path.startsWith('src/'))
      .map(async (path) => [path, await sourceFacts(textOf(path))] as const),
  ),
)

function textOf(path: string): string {
  return readFileSync(path, 'utf8')
}

function only(all: ReadonlyMap<string, string>, some: readonly string[]): ReadonlyMap<string, string> {
  return new Map(some.map((path) => [path, all.get(path) ?? '']))
}

async function sourceOf(path: string, text: string) {
  return new Map([[path, await sourceFacts(text)]])
}

describe('a check is its folder, its line in the registry, its test, its page and its row in README.md', () => {
  const ids = Object.keys(checks)
  const names = (pattern: RegExp) => [...new Set(paths.flatMap((path) => pattern.exec(path)?.[1] ?? []))].sort()

  test('the registry is in alphabetical order, under the id of each', () => {
    expect(Object.entries(checks).map(([id, check]) => [id, check.id])).toEqual([...ids].sort().map((id) => [id, id]))
  })
  test('folders', () => {
    expect(names(/^src\/checks\/([^/]+)\/check\.ts$/)).toEqual(ids)
    expect(names(/^src\/checks\/([^/]+)\//)).toEqual(ids)
  })
  test('tests', () => {
    expect(names(/^test\/checks\/([^/.]+)(?:\.test\.ts|\/.*\.test\.ts)$/)).toEqual(ids)
  })
  test('pages', () => {
    expect(names(/^src\/checks\/([^/]+)\/README\.md$/)).toEqual(ids)
  })
  test('rows', () => {
    expect(tableIds(textOf('README.md'))).toEqual(ids)
    expect(tableIds('| [`b-c`](x) | Why? |\n| [`a`](y) |\n|`not`|')).toEqual(['b-c', 'a'])
  })
})

describe('what is generated is up to date', () => {
  test('the table of checks in README.md: npm run docs', async () => {
    expect(generatedPart(textOf('README.md'), 'checks')).toBe(`${await checksTable()}`)
    expect(generatedPart('<!-- checks: made -->\nold\n<!-- end of checks -->', 'checks')).toBe('old\n')
    expect(generatedPart('no marks', 'checks')).toBeNull()
  })
  test('the schema of policies: npm run schema', () => {
    expect(textOf('policies/airworthy.schema.json')).toBe(policyJsonSchema())
  })
})

test('every preset is a valid policy', () => {
  const problems = [...readPresets()].map(([name, text]) => [name, parsePolicyFile(text, name)] as const)
  expect(problems.filter(([, parsed]) => 'problems' in parsed)).toEqual([])
  expect(problems.length).toBeGreaterThan(0)
  expect(parsePolicyFile('version: 1\nmoed: advise\n', 'x')).toHaveProperty('problems')
})

describe('data flows one way', () => {
  test('no folder imports one that comes after it', async () => {
    expect(importsAgainstTheFlow(sources)).toEqual([])
    const bad = await sourceOf('src/checks/a/check.ts', "import { b } from '../b/check.ts'\nimport('../../git/git.ts')")
    expect(importsAgainstTheFlow(bad)).toEqual([
      'src/checks/a/check.ts imports src/checks/b/check.ts',
      'src/checks/a/check.ts imports src/git/git.ts',
    ])
    const unknown = await sourceOf('src/new-area/a.ts', "export * from '../change/change.ts'")
    expect(importsAgainstTheFlow(unknown)).toEqual(['src/new-area/a.ts imports src/change/change.ts'])
  })
  test('only the outer stages know the process, the network, the disk and the clock', async () => {
    expect(reachesOut(sources)).toEqual([])
    const bad = "import 'node:fs/promises'\nprocess.exit(); fetch(url); Date.now(); new Date() // process"
    expect(reachesOut(await sourceOf('src/review/a.ts', bad))).toEqual([
      'src/review/a.ts uses process',
      'src/review/a.ts uses fetch',
      'src/review/a.ts uses Date.now',
      'src/review/a.ts uses new Date()',
      'src/review/a.ts uses node:fs/promises',
    ])
    const good = "import { posix } from 'node:path'\nconst s = 'process.env'; node.process; new Date(0) // fetch(url)"
    expect(reachesOut(await sourceOf('src/review/a.ts', good))).toEqual([])
  })
})

describe('names and sizes', () => {
  test('no file and no folder has a name that says nothing', () => {
    expect(emptyNames(paths)).toEqual([])
    expect(emptyNames(['src/utils/a.ts', 'src/types.ts', 'src/a-types.ts'])).toEqual(['src/utils/a.ts', 'src/types.ts'])
  })
  test('kebab-case', () => {
    expect(notKebabCase(code)).toEqual([])
    expect(notKebabCase(['src/aB.ts', 'src/a_b.ts', 'src/A/x.ts', 'src/a-b.test.ts'])).toHaveLength(3)
  })
  test('no file of code is longer than 300 lines', () => {
    expect(tooLong(only(texts, code))).toEqual([])
    expect(tooLong(new Map([['a.ts', '\n'.repeat(301)]]))).toEqual(['a.ts has 301 lines'])
  })
})

describe('pages stay true', () => {
  test.each(pages)('%s names only paths that exist', (page) => {
    expect(deadPaths(textOf(page), paths)).toEqual([])
  })
  test('a path that is gone is found', () => {
    const page =
      '```\nsrc/example.ts\n```\nSee `src/gone/a.ts`, src/checks/<id>/check.ts, (src/checks/*/README.md) and https://x/src/no.'
    expect(deadPaths(page, ['src/checks/a/check.ts', 'src/checks/a/README.md'])).toEqual(['src/gone/a.ts'])
  })
})

test('no path of one machine stands in a file', () => {
  expect(machinePaths(texts)).toEqual([])
  expect(machinePaths(new Map([['a.md', `see "${['', 'work', 'main'].join('/')}/x"`]]))).toEqual(['a.md:1'])
})
