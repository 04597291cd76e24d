import { describe, expect, test } from 'vitest'
import { checks as registry } from '../../src/checks/index.ts'
import { parsePolicyFile } from '../../src/policy/parse-policy.ts'
import { formatPolicyProblem } from '../../src/policy/policy-problem.ts'

function problems(text: string): readonly string[] {
  const parsed = parsePolicyFile(text, 'p.yml')
  return 'problems' in parsed ? parsed.problems.map(formatPolicyProblem) : []
}

function content(text: string): unknown {
  const parsed = parsePolicyFile(text, 'p.yml')
  return 'file' in parsed ? parsed.file : parsed.problems
}

describe('a good policy file', () => {
  test('may say nothing but its version', () => {
    expect(content('version: 1\n')).toEqual({ version: 1 })
  })

  test('may say everything, and `off` needs no quotes', () => {
    const text = `
version: 1
extends: strict
mode: advise
confidence: { pass: 72.5 }
prices: { low: 0, critical: 90 }
environments: [production, eu-staging]
critical: [{ name: checkout, paths: ["services/checkout/**"], factor: 2 }]
ignore: ["**/generated/**"]
checks:
  error-paths: { level: off, options: { tools: ["bin/**"] } }
overrides:
  - { paths: ["internal/**"], checks: { error-paths: note } }
`
    expect(content(text)).toEqual({
      version: 1,
      extends: 'strict',
      mode: 'advise',
      confidence: { pass: 72.5 },
      prices: { low: 0, critical: 90 },
      environments: ['production', 'eu-staging'],
      critical: [{ name: 'checkout', paths: ['services/checkout/**'], factor: 2 }],
      ignore: ['**/generated/**'],
      checks: { 'error-paths': { level: 'off', options: { tools: ['bin/**'] } } },
      overrides: [{ paths: ['internal/**'], checks: { 'error-paths': 'note' } }],
    })
  })

  test('knows where each of its parts stands, or the nearest part above', () => {
    const parsed = parsePolicyFile('version: 1\nchecks:\n  error-paths:\n    level: warn\n', 'p.yml')
    if ('problems' in parsed) throw new Error('refused')
    expect(parsed.locate(['checks', 'error-paths', 'level'])).toEqual({ line: 4, column: 12 })
    expect(parsed.locate(['checks', 'error-paths', 'options', 'tools'])).toEqual({ line: 4, column: 5 })
    expect(parsed.locate(['ignore'])).toEqual({ line: 1, column: 1 })
  })
})

describe('a bad policy file says what is wrong, where, and what was meant', () => {
  const head = 'version: 1\n'
  const cases: readonly (readonly [text: string, problem: string])[] = [
    ['mode: advise\n', '1:1: version: `version` is missing; write `version: 1`'],
    ['version: 2\n', '1:10: version: must be the number 1, not `2`'],
    ['version: "1"\n', '1:10: version: must be the number 1, not the text `1`'],
    [`${head}enviroments: []\n`, '2:1: enviroments: unknown key `enviroments`; did you mean `environments`?'],
    [`${head}Mode: advise\n`, '2:1: Mode: unknown key `Mode`; did you mean `mode`?'],
    [
      `${head}mode: advice\n`,
      '2:7: mode: must be one of `enforce`, `advise`, not the text `advice`; did you mean `advise`?',
    ],
    [`${head}mode:\n`, '2:1: mode: has no value; give it one of `enforce`, `advise`, or remove the key'],
    [`${head}confidence: 80\n`, '2:13: confidence: must be a map of keys, not `80`'],
    [`${head}confidence: { pass: 101 }\n`, '2:21: confidence.pass: must be at most 100, not `101`'],
    [`${head}confidence: { pass: .nan }\n`, '2:21: confidence.pass: must be a number, not `NaN`'],
    [`${head}prices: { high: 91 }\n`, '2:17: prices.high: must be at most 90, not `91`'],
    [`${head}prices: { low: -1 }\n`, '2:16: prices.low: must be at least 0, not `-1`'],
    [`${head}prices: { low: "3" }\n`, '2:16: prices.low: must be a number, not the text `3`'],
    [
      `${head}prices: { __proto__: 3 }\n`,
      '2:11: prices.__proto__: unknown key `__proto__`; known here: `low`, `medium`, `high`, `critical`',
    ],
    [`${head}environments: production\n`, '2:15: environments: must be a list, not the text `production`'],
    [`${head}environments: [yes, no, true]\n`, '2:25: environments[2]: must be text, not `true`'],
    [`${head}labels: { passed: ready }\n`, '2:11: labels.passed: unknown key `passed`; did you mean `pass`?'],
    [`${head}labels: { pass: " " }\n`, '2:17: labels.pass: must not be empty'],
    [`${head}ignore: [""]\n`, '2:10: ignore[0]: must not be empty'],
    [`${head}critical: [{ name: a, paths: [], factor: 2 }]\n`, '2:30: critical[0].paths: must not be empty'],
    [`${head}critical: [{ name: a, paths: [b] }]\n`, '2:12: critical[0].factor: `factor` is missing'],
    [
      `${head}critical: [{ name: a, paths: [b], factor: 0.5 }]\n`,
      '2:43: critical[0].factor: must be at least 1, not `0.5`',
    ],
    [`${head}overrides: [{ paths: b, checks: {} }]\n`, '2:22: overrides[0].paths: must be a list, not the text `b`'],
    [
      `${head}attest: { by: [write] }\n`,
      '2:1: attest: unknown key `attest`; known here: `version`, `extends`, `mode`, `onError`, `labels`, `confidence`, `prices`, `environments`, `critical`, `ignore`, `checks`, `overrides`, `catalog`',
    ],
    [`- ${head}`, '1:1: must be a map of keys, not a list'],
    ['', '1:1: the policy is empty; start it with `version: 1`'],
    ['~\n', '1:1: the policy is empty; start it with `version: 1`'],
    ['# to do\n', '1:1: the policy is empty; start it with `version: 1`'],
  ]
  test.each(cases)('%j', (text, problem) => {
    expect(problems(text)).toEqual([`p.yml:${problem}`])
  })

  test('globs that cannot be read, all of them, with the reason', () => {
    expect(problems(`${head}ignore: ["!a", "a/**", "!b", "a**b", 7, "{c"]\n`)).toEqual([
      'p.yml:2:30: ignore[3]: The pattern "a**b" has `**` beside other characters; `**` stands alone between slashes, as in `src/**/*.ts`.',
      'p.yml:2:38: ignore[4]: must be text, not `7`',
      expect.stringMatching(/^p\.yml:2:41: ignore\[5\]: The pattern "{c" has a `{` that is never closed/),
    ])
    expect(problems(`${head}ignore: ["!a", "b"]\n`)).toEqual([
      'p.yml:2:10: ignore[0]: The pattern "!a" comes first, so there is nothing to take away from; put `**` before it.',
    ])
    expect(problems(`${head}overrides: [{ paths: ["src/**", "!src/a/**"], checks: {} }]\n`)).toEqual([])
  })

  test('more globs than a list may hold', () => {
    expect(problems(`${head}ignore: [${'a,'.repeat(1001)}]\n`)).toEqual([
      'p.yml:2:9: ignore: must be at most 1000 entries long',
    ])
  })
})

describe('checks', () => {
  const ids = Object.keys(registry)
    .map((id) => `\`${id}\``)
    .join(', ')
  const levels = 'must be one of `off`, `note`, `warn`, `block`'
  const cases: readonly (readonly [checks: string, problem: string])[] = [
    [
      'error-paths: blok',
      `16: checks.error-paths: ${levels}, or a map of keys, not the text \`blok\`; did you mean \`block\`?`,
    ],
    ['error-paths: false', `16: checks.error-paths: ${levels}, or a map of keys, not \`false\`; did you mean \`off\`?`],
    ['error-paths: true', `16: checks.error-paths: ${levels}, or a map of keys, not \`true\``],
    ['error-paths: [block]', `16: checks.error-paths: ${levels}, or a map of keys, not a list`],
    [
      'error-paths:',
      `3: checks.error-paths: has no value; give it one of \`off\`, \`note\`, \`warn\`, \`block\`, or a map of keys, or remove the key`,
    ],
    ['errorPaths: block', '3: checks.errorPaths: unknown key `errorPaths`; did you mean `error-paths`?'],
    ['error-path: block', '3: checks.error-path: unknown key `error-path`; did you mean `error-paths`?'],
    ['spelling: block', `3: checks.spelling: unknown key \`spelling\`; known here: ${ids}`],
    ['error-paths: { level: false }', `25: checks.error-paths.level: ${levels}, not \`false\`; did you mean \`off\`?`],
    ['error-paths: { lvel: off }', '18: checks.error-paths.lvel: unknown key `lvel`; did you mean `level`?'],
    [
      'error-paths: { options: { tool: [] } }',
      '29: checks.error-paths.options.tool: unknown key `tool`; did you mean `tools`?',
    ],
    [
      'error-paths: { options: { tools: bin } }',
      '36: checks.error-paths.options.tools: must be a list, not the text `bin`',
    ],
  ]
  test.each(cases)('%s', (checks, problem) => {
    expect(problems(`version: 1\nchecks:\n  ${checks}\n`)).toEqual([`p.yml:3:${problem}`])
  })
})

test('all problems are said at once, in the order of the file, and each suggestion stands alone too', () => {
  const parsed = parsePolicyFile(
    'mode: advice\nenviroments: []\nversion: 1\nprices: { low: 1, low: 2, hihg: 3 }\nchecks: { error-paths: { level: on, options: { x: 1 } } }\nignore: [1, *a]\n',
    'p.yml',
  )
  if ('file' in parsed) throw new Error('accepted')
  expect(parsed.problems.map(({ line, column, path, suggestion }) => [line, column, path, suggestion])).toEqual([
    [1, 7, 'mode', 'advise'],
    [2, 1, 'enviroments', 'environments'],
    [4, 19, 'prices.low', null],
    [4, 27, 'prices.hihg', 'high'],
    [5, 33, 'checks.error-paths.level', null],
    [5, 48, 'checks.error-paths.options.x', null],
    [6, 10, 'ignore[0]', null],
    [6, 13, 'ignore[1]', null],
  ])
})
