import { describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import type { Check } from '../../src/checks/define-check.ts'
import { parsePolicyFile } from '../../src/policy/parse-policy.ts'
import { formatPolicyProblem } from '../../src/policy/policy-problem.ts'
import { resolvePolicy } from '../../src/policy/resolve-policy.ts'

/** Nothing in the policy knows a check by name: whatever stands in the registry can be set. */
vi.mock('../../src/checks/index.ts', () => {
  const check = (id: string, options: z.ZodType): Check => ({
    id,
    title: id,
    question: `Is ${id} well?`,
    needs: [],
    options,
    assess: () => ({ status: 'not-applicable', reason: 'a stand-in' }),
  })
  return {
    checks: {
      alpha: check('alpha', z.strictObject({ names: z.array(z.string()), limit: z.number().min(1) })),
      beta: check('beta', z.strictObject({ accept: z.array(z.enum(['coverage', 'test'])) })),
    },
  }
})

const PRESET = `
version: 1
mode: enforce
onError: block
confidence: { pass: 80 }
prices: { low: 0, medium: 1, high: 2, critical: 3 }
environments: []
critical: []
ignore: []
checks:
  alpha: { level: warn, options: { names: [x, y], limit: 5 } }
  beta: { level: note, options: { accept: [test] } }
`

function resolved(text: string, preset = PRESET) {
  return resolvePolicy({
    file: { path: 'p.yml', text: `version: 1\n${text}\n`, source: 'p' },
    presets: new Map([['recommended', preset]]),
    readFile: async () => null,
  })
}

async function checksOf(text: string, preset = PRESET): Promise<unknown> {
  const result = await resolved(text, preset)
  return 'policy' in result ? result.policy.checks : result.problems.map(formatPolicyProblem)
}

const base = {
  alpha: { level: 'warn', options: { names: ['x', 'y'], limit: 5 } },
  beta: { level: 'note', options: { accept: ['test'] } },
}

describe('a file changes what it names and nothing else', () => {
  test.each([
    ['nothing', '', base],
    ['a level', 'checks: { beta: block }', { ...base, beta: { ...base.beta, level: 'block' } }],
    [
      'one option',
      'checks: { alpha: { options: { names: [z] } } }',
      { ...base, alpha: { level: 'warn', options: { names: ['z'], limit: 5 } } },
    ],
    [
      'a level and another option',
      'checks: { alpha: { level: off, options: { limit: 9 } } }',
      { ...base, alpha: { level: 'off', options: { names: ['x', 'y'], limit: 9 } } },
    ],
  ])('%s', async (_what, text, checks) => {
    expect(await checksOf(text)).toEqual(checks)
  })
})

test('the order of options makes no difference to the digest', async () => {
  const turned = PRESET.replace('names: [x, y], limit: 5', 'limit: 5, names: [x, y]')
  expect(turned).not.toBe(PRESET)
  const [digest, other] = await Promise.all([PRESET, turned].map((preset) => resolved('', preset)))
  expect(digest).toMatchObject({ policy: { digest: expect.stringMatching(/^sha256:/) } })
  expect(digest).toEqual(other)
})

test('the options of a check are judged by its own schema', () => {
  const text =
    'version: 1\nchecks:\n  alpha: { options: { limit: 0, name: [] } }\n  beta: { options: { accept: [tests] } }\n  gamma: off\n'
  const parsed = parsePolicyFile(text, 'p.yml')
  expect('problems' in parsed && parsed.problems.map(formatPolicyProblem)).toEqual([
    'p.yml:3:30: checks.alpha.options.limit: must be at least 1, not `0`',
    'p.yml:3:33: checks.alpha.options.name: unknown key `name`; did you mean `names`?',
    'p.yml:4:31: checks.beta.options.accept[0]: must be one of `coverage`, `test`, not the text `tests`; did you mean `test`?',
    'p.yml:5:3: checks.gamma: unknown key `gamma`; known here: `alpha`, `beta`',
  ])
})

test('a preset that forgets a new check, or one of its options, is not half a policy', async () => {
  const old = PRESET.replace(/^ {2}beta.*\n/m, '').replace(', limit: 5', '')
  const chain = '(in `p.yml` → `preset recommended` taken together)'
  expect(await checksOf('checks:\n  alpha: block', old)).toEqual([
    `p.yml:3:3: checks.beta: \`beta\` is missing ${chain}`,
    `p.yml:3:10: checks.alpha.options.limit: \`limit\` is missing ${chain}`,
  ])
})
