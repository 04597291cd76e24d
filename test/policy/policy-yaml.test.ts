import { describe, expect, test } from 'vitest'
import { parsePolicyFile } from '../../src/policy/parse-policy.ts'

function said(text: string): readonly string[] {
  const parsed = parsePolicyFile(text, 'p.yml')
  return 'problems' in parsed ? parsed.problems.map(({ line, column, message }) => `${line}:${column} ${message}`) : []
}

describe('what a policy may not hold', () => {
  const alias = 'anchors and aliases (`&name`, `*name`) are not supported in a policy; write the value out'
  const cases: readonly (readonly [why: string, text: string, problem: string])[] = [
    ['a key twice', 'version: 1\nmode: advise\nmode: enforce\n', '3:1 the key `mode` stands here twice; keep one'],
    ['an anchor', 'version: 1\nignore: &i [a]\n', `2:12 ${alias}`],
    ['an alias', 'version: 1\nignore: *i\n', `2:9 ${alias}`],
    ['a list as a key', 'version: 1\n? [a, b]\n: 1\n', '2:3 a key must be plain text'],
    ['a map as a key', 'version: 1\n? {a: b}\n: 1\n', '2:3 a key must be plain text'],
    ['no key', 'version: 1\n? \n: 1\n', '2:3 a key must be plain text'],
    ['a tag', 'version: !!js/function 1\n', '1:10 not valid YAML: Unresolved tag: tag:yaml.org,2002:js/function'],
    [
      'a second document',
      'version: 1\n---\nversion: 1\n',
      '2:1 a second YAML document starts here; a policy is one document',
    ],
    [
      'YAML 1.1, where off is false',
      '%YAML 1.1\n---\nversion: 1\n',
      '1:1 remove the `%YAML` directive: a policy is read as YAML 1.2, where `off` is text',
    ],
    [
      'a tab as indentation',
      'version: 1\nprices:\n\tlow: 1\n',
      '3:1 not valid YAML: Tabs are not allowed as indentation',
    ],
    [
      'an open list',
      'version: 1\nignore: [a\n',
      '3:1 not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    [
      'an escape code',
      'version: 1\nmode: "\\e[2Jadvise"\n',
      '2:7 `<U+001B>[2Jadvise` holds the invisible character U+001B; remove it',
    ],
    [
      'a mark that reorders text',
      'version: 1\nignore: ["a\u202eb"]\n',
      '2:10 `a<U+202E>b` holds the invisible character U+202E; remove it',
    ],
    [
      'a key that is not what it seems',
      'version: 1\n"mode\u200f": advise\n',
      '2:1 `mode<U+200F>` holds the invisible character U+200F; remove it',
    ],
  ]
  test.each(cases)('%s', (_why, text, problem) => {
    expect(said(text)).toEqual([problem])
  })
})

/** Just under the cap on the size, whatever the text. */
function upTo(bytes: number, piece: (index: number) => string): string {
  const pieces: string[] = []
  for (let length = 0, index = 0; length < bytes - 100; index++) {
    const text = piece(index)
    length += Buffer.byteLength(text)
    pieces.push(text)
  }
  return pieces.join('')
}

describe('hostile text is refused with a position, in no time', () => {
  const full = 256 * 1024
  const cases: readonly (readonly [why: string, text: string, problem: RegExp])[] = [
    ['open lists', upTo(full, () => '['), /^1:51 the policy nests more than 50 levels deep$/],
    ['open maps', upTo(full, () => '{a: '), /nests more than 50 levels deep$/],
    ['lists in lists', upTo(full, () => '- '), /nests more than 50 levels deep$/],
    ['keys in keys', upTo(full, () => '? '), /nests more than 50 levels deep$/],
    ['brackets hidden by quotes', upTo(full, () => '["]", '), /nests more than 50 levels deep$/],
    [
      'stairs',
      upTo(200_000, (index) => `${' '.repeat(index % 600)}a:\n`),
      /^50:\d+ the policy nests more than 50 levels deep$/,
    ],
    ['many keys', upTo(full, (index) => `k${index}:\n`), /the policy is too long from here on$/],
    ['many errors', upTo(full, () => '[]'), /the policy is too long from here on$/],
    ['many documents', upTo(full, () => '---\n'), /the policy is too long from here on$/],
    ['as many errors as fit', upTo(30_000, () => '[]'), /not valid YAML/],
    [
      'as many unknown keys as fit',
      upTo(50_000, (index) => `enviroment${index}: 1\n`),
      /unknown key|`version` is missing/,
    ],
    [
      'one long glob',
      `version: 1\nignore: ["${upTo(full, () => '**/a*/')}"]\n`,
      /^2:10 The pattern .* is longer than 256 characters\.$/,
    ],
    [
      'an alias bomb',
      `a: &a [x, x]\n${upTo(5_000, (index) => `b${index}: &b${index} [*a, *a, *a, *a]\n`)}`,
      /anchors and aliases|`version` is missing/,
    ],
    ['over 256 KB', `version: 1\n#${'é'.repeat(full / 2)}`, /^1:1 the policy is larger than 256 KB$/],
  ]
  test.each(cases)('%s', (_why, text, problem) => {
    const started = performance.now()
    const [first, ...rest] = said(text)
    expect(first).toMatch(problem)
    expect(rest.length).toBeLessThanOrEqual(100)
    expect(performance.now() - started).toBeLessThan(4000)
  })

  test('a thousand problems are counted, not listed', () => {
    const problems = said(`version: 1\n${upTo(20_000, (index) => `x${index}: 1\n`)}`)
    expect(problems).toHaveLength(101)
    expect(problems.at(-1)).toMatch(/^102:1 \d+ more problems follow from here; mend the ones above first$/)
  })

  test('a long word is cut in the message', () => {
    expect(said(`version: 1\nmode: ${'🛫'.repeat(500)}\n`)).toEqual([
      `2:7 must be one of \`enforce\`, \`advise\`, not the text \`${'🛫'.repeat(60)}…\``,
    ])
  })
})
