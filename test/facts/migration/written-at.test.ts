import { expect, test } from 'vitest'
import { isYoung, writtenAt } from '../../../src/facts/migration/written-at.ts'

test.each<[string, string | null]>([
  ['db/migrate/20261101093000_a.rb', '2026-11-01T09:30:00.000Z'],
  ['database/migrations/2026_11_01_093015_a.php', '2026-11-01T09:30:00.000Z'],
  ['migrations/versions/2026-11-01-0930_a.py', '2026-11-01T09:30:00.000Z'],
  ['prisma/migrations/20261101093000_a/migration.sql', '2026-11-01T09:30:00.000Z'],
  ['ozone/migrations/20261101T093000000Z-a.ts', '2026-11-01T09:30:00.000Z'],
  ['migrations/20261101_a.js', '2026-11-01T00:00:00.000Z'],
  ['src/migration/1694425333972-a.ts', '2023-09-11T09:42:13.000Z'],
  ['app/migrations/0012_a.py', null],
  ['migrations/20261399_a.js', null],
])('%s was written at %s', (path, expected) => {
  const at = writtenAt(path)
  expect(at === null ? null : new Date(at).toISOString()).toBe(expected)
})

test.each<[string, string | null, boolean]>([
  ['20261101093000_a.rb', '2026-11-01T12:00:00+02:00', true],
  ['20261101093000_a.rb', '2026-11-02T09:30:00Z', true],
  ['20261101093000_a.rb', '2026-11-02T09:31:00Z', false],
  ['20261101093000_a.rb', null, false],
  ['0012_a.py', '2026-11-01T12:00:00Z', false],
])('%s is young at %s: %s', (path, asOf, expected) => {
  expect(isYoung(path, asOf)).toBe(expected)
})
