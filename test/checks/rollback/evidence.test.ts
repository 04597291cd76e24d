import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf, reviewFiles } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const NOW = '2026-11-20T12:00:00Z'
const UP = 'db/migrations/1_nick.up.sql'
const DOWN = 'db/migrations/1_nick.down.sql'
const DROP: Files = { [UP]: 'ALTER TABLE users DROP COLUMN nick;\n' }
const TRUE_DOWN: Files = { ...DROP, [DOWN]: 'ALTER TABLE users ADD COLUMN nick text;\n' }
const EXPOSED = `high data-lost ${UP}:1`

function record(changes: Readonly<Record<string, string | number | null>> = {}): Files {
  const fields = {
    version: 1,
    what: UP,
    when: '2026-11-18T09:00:00Z',
    commit: '1a2b3c4',
    seconds: 200,
    dataChecked: 'row counts',
    ...changes,
  }
  const text = Object.entries(fields).flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}\n`]))
  return { '.airworthy/rehearsals/nick.yml': text.join('') }
}

function assess(
  after: Files,
  asOf: string | undefined = NOW,
  before: Files = {},
  policy?: string,
): Promise<readonly string[]> {
  return exposuresOf(reader, 'rollback', before, after, {
    ...(asOf === undefined ? {} : { asOf }),
    ...(policy === undefined ? {} : { policy }),
  })
}

describe('a dropped column', () => {
  test.each<[string, Files, string]>([
    ['with an empty down', { ...DROP, [DOWN]: '-- nothing to do\n' }, EXPOSED],
    ['with a true down: the data is gone all the same', TRUE_DOWN, EXPOSED],
    ['rehearsed, fresh and quick', { ...TRUE_DOWN, ...record() }, `${EXPOSED} (covered)`],
    ['rehearsed for the folder', { ...TRUE_DOWN, ...record({ what: 'db/migrations/' }) }, `${EXPOSED} (covered)`],
    ['rehearsed 40 days ago', { ...TRUE_DOWN, ...record({ when: '2026-10-11' }) }, EXPOSED],
    [
      'rehearsed on the last day that counts',
      { ...TRUE_DOWN, ...record({ when: '2026-10-22' }) },
      `${EXPOSED} (covered)`,
    ],
    ['rehearsed after the change, so they say', { ...TRUE_DOWN, ...record({ when: '2026-12-24' }) }, EXPOSED],
    ['rehearsed in 11 minutes', { ...TRUE_DOWN, ...record({ seconds: 660 }) }, EXPOSED],
    ['rehearsed, and failed', { ...TRUE_DOWN, ...record({ exitCode: 1 }) }, EXPOSED],
    ['rehearsed, data not checked', { ...TRUE_DOWN, ...record({ dataChecked: null }) }, EXPOSED],
    ['another migration rehearsed', { ...TRUE_DOWN, ...record({ what: 'db/migrations/2_b.up.sql' }) }, EXPOSED],
    ['rehearsed, then edited', { ...TRUE_DOWN, ...record({ files: `{ ${UP}: ${'0'.repeat(40)} }` }) }, EXPOSED],
    ['a record nobody can read', { ...TRUE_DOWN, ...record({ seconds: 'quick' }) }, EXPOSED],
  ])('%s', async (_, after, expected) => {
    expect(await assess(after)).toEqual([expected])
  })

  test('no record counts for a change without a date', async () => {
    expect(await exposuresOf(reader, 'rollback', {}, { ...TRUE_DOWN, ...record() })).toEqual([EXPOSED])
  })

  test.each<[Files, string]>([
    [record({ when: '2026-10-11' }), '.airworthy/rehearsals/nick.yml is 40 days old, and the policy allows 30d'],
    [record({ seconds: 660 }), '.airworthy/rehearsals/nick.yml took 660 s, and the policy allows 10m'],
    [record({ seconds: 'quick' }), '.airworthy/rehearsals/nick.yml:1 is no valid record'],
  ])('the remedy says why a record does not count', async (rehearsal, why) => {
    const { review } = await reviewFiles(reader, {}, { ...TRUE_DOWN, ...rehearsal }, { asOf: NOW })
    const outcome = review.items.find((item) => item.id === 'rollback')?.outcome
    expect(outcome).toMatchObject({ exposures: [{ remedy: expect.stringContaining(why) }] })
  })
})

const CODE: Files = {
  'app/migrations/0002_a.py':
    'from django.db import migrations\nclass Migration(migrations.Migration):\n    operations = [migrations.RunPython(forwards)]\n',
}
const CODE_EXPOSED = 'medium code-without-way-down app/migrations/0002_a.py:3'
const REQUIRED: Files = {
  'app/migrations/0002_a.py':
    "from django.db import migrations, models\nclass Migration(migrations.Migration):\n    operations = [migrations.AddField('user', 'on', models.BooleanField(default=False))]\n",
}
const REQUIRED_EXPOSED = 'medium required-column app/migrations/0002_a.py:3'
const workflow = (step: string, job = ''): Files => ({
  '.github/workflows/test.yml': `jobs:\n  test:\n    runs-on: x\n${job}    steps:\n${step}`,
})

describe('a pipeline or test that goes the way back', () => {
  test.each<[string, Files, string]>([
    [
      'runs the way down',
      { ...CODE, ...workflow('      - run: python manage.py migrate app zero\n') },
      `${CODE_EXPOSED} (covered)`,
    ],
    [
      'in a script of several lines',
      {
        ...CODE,
        ...workflow(
          '      - run: |\n          python manage.py migrate\n          python manage.py migrate app 0001_initial\n',
        ),
      },
      `${CODE_EXPOSED} (covered)`,
    ],
    [
      'may fail',
      { ...CODE, ...workflow('      - run: python manage.py migrate app zero\n        continue-on-error: true\n') },
      CODE_EXPOSED,
    ],
    [
      'is in a job that may fail',
      { ...CODE, ...workflow('      - run: python manage.py migrate app zero\n', '    continue-on-error: true\n') },
      CODE_EXPOSED,
    ],
    [
      'throws its failure away',
      { ...CODE, ...workflow('      - run: python manage.py migrate app zero || true\n') },
      CODE_EXPOSED,
    ],
    [
      'is a comment',
      { ...CODE, ...workflow('      - run: |\n          # python manage.py migrate app zero\n          true\n') },
      CODE_EXPOSED,
    ],
    ['only goes up', { ...CODE, ...workflow('      - run: python manage.py migrate\n') }, CODE_EXPOSED],
    ['is of another framework', { ...CODE, ...workflow('      - run: alembic downgrade -1\n') }, CODE_EXPOSED],
    [
      'stands in a script that the pipeline runs',
      {
        ...CODE,
        ...workflow('      - run: ./scripts/test-migrations.sh\n'),
        'scripts/test-migrations.sh': 'python manage.py migrate app zero\n',
      },
      `${CODE_EXPOSED} (covered)`,
    ],
    [
      'stands in a script that nobody runs',
      {
        ...CODE,
        ...workflow('      - run: make\n'),
        'scripts/test-migrations.sh': 'python manage.py migrate app zero\n',
      },
      CODE_EXPOSED,
    ],
    [
      'is a test',
      { ...CODE, 'tests/test_migrations.py': 'class T(MigratorTestCase):\n    pass\n' },
      `${CODE_EXPOSED} (covered)`,
    ],
    [
      'runs old code on the new schema',
      {
        ...REQUIRED,
        ...workflow(
          '      - run: python manage.py migrate\n      - run: git checkout origin/$GITHUB_BASE_REF\n      - run: pytest\n',
        ),
      },
      `${REQUIRED_EXPOSED} (covered)`,
    ],
    [
      'runs the way down, which says nothing about old code',
      { ...REQUIRED, ...workflow('      - run: python manage.py migrate app zero\n') },
      REQUIRED_EXPOSED,
    ],
  ])('%s', async (_, after, expected) => {
    expect(await assess(after)).toEqual([expected])
  })

  test('does not bring lost data back', async () => {
    expect(await assess({ ...TRUE_DOWN, ...workflow('      - run: migrate -path db -database x down 1\n') })).toEqual([
      EXPOSED,
    ])
  })

  test('the policy may want more', async () => {
    const policy = `version: 1\nextends: recommended\nchecks:\n  rollback:\n    options: { require: { low: written, medium: rehearsal, high: rehearsal, critical: rehearsal } }\n`
    const after = { ...CODE, ...workflow('      - run: python manage.py migrate app zero\n') }
    expect(await assess(after, NOW, {}, policy)).toEqual([CODE_EXPOSED])
  })
})
