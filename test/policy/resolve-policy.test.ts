import { describe, expect, test } from 'vitest'
import { resolvePolicy } from '../../src/policy/resolve-policy.ts'
import { policyOf, problemsOf } from './resolve.ts'
import { PRESETS } from './shipped-presets.ts'

const recommended = await policyOf('version: 1\n')

describe('what holds', () => {
  test('without a file: recommended, in advise mode', async () => {
    const policy = await policyOf(null)
    expect(policy.source).toBe('preset recommended (no .github/airworthy.yml at the base)')
    expect(policy).toEqual({ ...recommended, mode: 'advise', source: policy.source, digest: policy.digest })
  })

  test('a file that extends nothing extends recommended', async () => {
    expect(await policyOf('version: 1\nextends: recommended\n')).toEqual(recommended)
    expect(recommended.source).toBe('.github/airworthy.yml at main')
  })

  test('maps merge by key, and the level and the options of a check apart', async () => {
    const files = {
      '.github/level.yml': 'version: 1\nchecks: { error-paths: note }\n',
      '.github/options.yml': 'version: 1\nextends: ./level.yml\nchecks: { error-paths: { options: { tools: [a] } } }\n',
    }
    const policy = await policyOf('version: 1\nextends: ./options.yml\nprices: { medium: 9 }\n', files)
    expect(policy.prices).toEqual({ ...recommended.prices, medium: 9 })
    expect(policy.checks['error-paths']).toEqual({ level: 'note', options: { tools: ['a'] } })
    const over = 'version: 1\nextends: ./options.yml\nchecks: { error-paths: block }\n'
    expect((await policyOf(over, files)).checks['error-paths']).toEqual({ level: 'block', options: { tools: ['a'] } })
  })

  test('labels are none until a file names one, and merge by verdict', async () => {
    expect(recommended.labels).toEqual({})
    const files = { '.github/base.yml': 'version: 1\nlabels: { pass: ready, fail: " needs evidence " }\n' }
    const policy = await policyOf('version: 1\nextends: ./base.yml\nlabels: { pass: airworthy }\n', files)
    expect(policy.labels).toEqual({ pass: 'airworthy', fail: 'needs evidence' })
  })

  test('lists replace, and an empty list is a list', async () => {
    const files = { 'base.yml': 'version: 1\nenvironments: [a, b]\nignore: [x]\n' }
    const policy = await policyOf('version: 1\nextends: ../base.yml\nenvironments: [c]\nignore: []\n', files)
    expect([policy.environments, policy.ignore]).toEqual([['c'], []])
  })

  test('overrides come after those of the base', async () => {
    const files = { '.github/base.yml': 'version: 1\noverrides: [{ paths: [a], checks: { error-paths: off } }]\n' }
    const text = 'version: 1\nextends: ./base.yml\noverrides: [{ paths: [b], checks: { error-paths: block } }]\n'
    expect((await policyOf(text, files)).overrides).toEqual([
      { paths: ['a'], checks: { 'error-paths': 'off' } },
      { paths: ['b'], checks: { 'error-paths': 'block' } },
    ])
  })

  test('the nearer file wins, through files in other folders, down to a preset', async () => {
    const files = {
      'policies/team.yml': 'version: 1\nextends: ./company.yml\nconfidence: { pass: 60 }\nprices: { low: 3 }\n',
      'policies/company.yml': 'version: 1\nextends: strict\nconfidence: { pass: 50 }\nmode: advise\n',
    }
    const policy = await policyOf('version: 1\nextends: ../policies/team.yml\nmode: enforce\n', files)
    expect([policy.mode, policy.confidence.pass, policy.prices.low, policy.checks['error-paths'].level]).toEqual([
      'enforce',
      60,
      3,
      'block',
    ])
  })
})

describe('what cannot be extended', () => {
  const remote =
    'a policy of another repository is not supported yet; copy it into this repository and write `./<file>.yml`'
  test.each([
    ['recomended', 'unknown preset `recomended`; did you mean `recommended`?'],
    ['Strict', 'unknown preset `Strict`; did you mean `strict`?'],
    [
      'house-rules',
      'unknown preset `house-rules`; known are `advisory`, `recommended`, `strict`, and files (`./<file>.yml`)',
    ],
    ['..', 'unknown preset `..`; known are `advisory`, `recommended`, `strict`, and files (`./<file>.yml`)'],
    ['policies/base.yml', 'the name of a file starts with `./` or `../`; did you mean `./policies/base.yml`?'],
    ['acme/policies:base.yml@v1', `\`acme/policies:base.yml@v1\`: ${remote}`],
    ['acme/policies', `\`acme/policies\`: ${remote}`],
    ['https://example.com/p.yml', `\`https://example.com/p.yml\`: ${remote}`],
    ['./none.yml', 'there is no file `.github/none.yml` in the repository at this revision'],
    ['./sub/../../none.yml', 'there is no file `none.yml` in the repository at this revision'],
    ['../../etc/passwd', '`../../etc/passwd` must name a `.yml` or `.yaml` file'],
    ['../../etc/passwd.yml', '`../../etc/passwd.yml` leaves the repository'],
    ['./a/../../../b.yml', '`./a/../../../b.yml` leaves the repository'],
    ['./', '`./` must name a `.yml` or `.yaml` file'],
    ['/etc/p.yml', '`/etc/p.yml` is an absolute path; write it relative to this file: `./<file>.yml`'],
    ['//server/p.yml', '`//server/p.yml` is an absolute path; write it relative to this file: `./<file>.yml`'],
    ['C:\\p.yml', '`C:\\p.yml` is an absolute path; write it relative to this file: `./<file>.yml`'],
    ['./..\\..\\p.yml', '`./..\\..\\p.yml`: write the path with forward slashes'],
    ['../.git/hooks/p.yml', "`../.git/hooks/p.yml` is in git's own folder; a policy is a file of the repository"],
    ['../.GIT/p.yml', "`../.GIT/p.yml` is in git's own folder; a policy is a file of the repository"],
  ])('%s', async (reference, message) => {
    const read: string[] = []
    const resolved = await resolvePolicy({
      file: { path: '.github/airworthy.yml', text: `version: 1\nextends: '${reference}'\n`, source: 's' },
      presets: PRESETS,
      readFile: async (path) => {
        read.push(path)
        return null
      },
    })
    expect('problems' in resolved && resolved.problems).toMatchObject([
      { file: '.github/airworthy.yml', line: 2, column: 10, path: 'extends', message },
    ])
    expect(read).toEqual(
      message.startsWith('there is no file') ? [expect.stringMatching(/^(\.github\/)?none\.yml$/)] : [],
    )
  })

  test('itself, at once or in a circle', async () => {
    expect(await problemsOf('version: 1\nextends: ./airworthy.yml\n')).toEqual([
      '.github/airworthy.yml:2:10: extends: the policy extends itself: `.github/airworthy.yml` → `.github/airworthy.yml`',
    ])
    const files = {
      '.github/a.yml': 'version: 1\nextends: ./x/../b.yml\n',
      '.github/b.yml': '# b\nversion: 1\nextends: ./a.yml\n',
    }
    expect(await problemsOf('version: 1\nextends: ./a.yml\n', files)).toEqual([
      '.github/b.yml:3:10: extends: the policy extends itself: `.github/airworthy.yml` → `.github/a.yml` → `.github/b.yml` → `.github/a.yml`',
    ])
  })

  test('itself under another spelling of its path', async () => {
    const resolved = await resolvePolicy({
      file: { path: './.github/airworthy.yml', text: 'version: 1\nextends: ./airworthy.yml\n', source: 's' },
      presets: PRESETS,
      readFile: () => Promise.reject(new Error('read')),
    })
    expect(resolved).toMatchObject({ problems: [{ message: expect.stringContaining('the policy extends itself') }] })
  })

  test('a file beside a policy that is not in the repository', async () => {
    const resolved = await resolvePolicy({
      file: { path: '/etc/airworthy/p.yml', text: 'version: 1\nextends: ./base.yml\n', source: 's' },
      presets: PRESETS,
      readFile: () => Promise.reject(new Error('read')),
    })
    expect(resolved).toMatchObject({ problems: [{ message: '`./base.yml` leaves the repository' }] })
  })

  test('a file, by a preset: it has no folder', async () => {
    const presets = new Map([['recommended', 'version: 1\nextends: ./airworthy.yml\n']])
    expect(await problemsOf('version: 1\n', {}, presets)).toEqual([
      expect.stringMatching(/^preset recommended:2:10: extends: /),
    ])
  })

  test('a chain of more than five files', async () => {
    const chain = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => {
          const next = index + 1 < count ? `./${index + 1}.yml` : 'strict'
          return [`.github/${index}.yml`, `version: 1\nextends: ${next}\n`]
        }),
      )
    expect((await policyOf('version: 1\nextends: ./0.yml\n', chain(4))).confidence.pass).toBe(90)
    expect(await problemsOf('version: 1\nextends: ./0.yml\n', chain(5))).toEqual([
      '.github/3.yml:2:10: extends: a chain of more than 5 files; put what they say into fewer',
    ])
  })

  test('a file that is wrong: its own problems, at its own lines', async () => {
    const files = { '.github/base.yml': 'version: 1\n\nmod: advise\n' }
    expect(await problemsOf('version: 1\nextends: ./base.yml\n', files)).toEqual([
      '.github/base.yml:3:1: mod: unknown key `mod`; did you mean `mode`?',
    ])
  })
})

test('a failure to read is not "there is none"', async () => {
  const file = { path: '.github/airworthy.yml', text: 'version: 1\nextends: ./a.yml\n', source: 's' }
  const readFile = () => Promise.reject(new Error('503'))
  await expect(resolvePolicy({ file, presets: PRESETS, readFile })).rejects.toThrow('503')
})

test('a chain that leaves something unsaid says what', async () => {
  const presets = new Map([['recommended', 'version: 1\nmode: enforce\nchecks: { error-paths: { level: warn } }\n']])
  const problems = await problemsOf('version: 1\nprices: { low: 1, medium: 2, high: 3 }\n', {}, presets)
  // The other checks of the registry are missing too; what their options are is their own affair.
  expect(problems.filter((problem) => !/checks\.(?!error-paths)/.test(problem))).toEqual(
    [
      '1:1: onError: `onError` is missing',
      '1:1: confidence: `confidence` is missing',
      '2:9: prices.critical: `critical` is missing',
      '1:1: environments: `environments` is missing',
      '1:1: critical: `critical` is missing',
      '1:1: ignore: `ignore` is missing',
      '1:1: checks.error-paths.options.tools: `tools` is missing',
    ].map(
      (problem) =>
        `.github/airworthy.yml:${problem} (in \`.github/airworthy.yml\` → \`preset recommended\` taken together)`,
    ),
  )
})
