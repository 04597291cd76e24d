import { beforeAll, describe, expect, test } from 'vitest'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { exposuresOf } from '../../support/assess.ts'
import { testCodeReader } from '../../support/code.ts'
import type { Files } from '../../support/memory-source.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

const NONE = 'not-applicable: No migration, contract or infrastructure that holds data was changed'
const db = (body: string): string =>
  `# resource "aws_db_instance" "no" {}\nresource "aws_db_instance" "main" {\n  name = "a{b" # {\n${body}}\n`
const KEPT = db('  lifecycle {\n    prevent_destroy = true\n  }\n')

describe('Terraform', () => {
  test.each<[string, Files, Files, readonly string[]]>([
    [
      'a database is declared no more',
      { 'i/main.tf': KEPT },
      { 'i/main.tf': '' },
      ['high infrastructure-destroyed i/main.tf:2'],
    ],
    ['its file is gone', { 'i/main.tf': KEPT }, { 'x.txt': '' }, ['high infrastructure-destroyed i/main.tf:2']],
    ['it moves to another file', { 'i/main.tf': KEPT }, { 'i/db.tf': KEPT }, [NONE]],
    [
      'it has another name, and says so',
      { 'i/main.tf': KEPT },
      {
        'i/main.tf': `${KEPT.replace('"main"', '"new"')}moved {\n  from = aws_db_instance.main\n  to = aws_db_instance.new\n}\n`,
      },
      [NONE],
    ],
    [
      'it has another name',
      { 'i/main.tf': KEPT },
      { 'i/main.tf': KEPT.replace('"main"', '"new"') },
      ['high infrastructure-destroyed i/main.tf:2'],
    ],
    [
      'it is forgotten on purpose',
      { 'i/main.tf': KEPT },
      { 'i/main.tf': 'removed {\n  from = aws_db_instance.main\n}\n' },
      [NONE],
    ],
    [
      'something without data goes',
      { 'i/main.tf': 'resource "aws_security_group" "a" {}\n' },
      { 'i/main.tf': '' },
      [NONE],
    ],
    [
      'it loses what kept it',
      { 'i/main.tf': KEPT },
      { 'i/main.tf': db('') },
      ['medium infrastructure-protection-removed i/main.tf:5'],
    ],
    [
      'its backups are off',
      { 'i/main.tf': db('  backup_retention_period = 7\n') },
      { 'i/main.tf': db('  backup_retention_period = 0\n') },
      ['medium infrastructure-protection-removed i/main.tf:4'],
    ],
    [
      'a variable decides',
      { 'i/main.tf': db('  deletion_protection = true\n') },
      { 'i/main.tf': db('  deletion_protection = var.keep\n') },
      [NONE],
    ],
    [
      'it gets what cannot be changed in place',
      { 'i/main.tf': db('  identifier = "a"\n') },
      { 'i/main.tf': db('  identifier = "b"\n') },
      ['high infrastructure-replaced i/main.tf:4'],
    ],
    [
      'it is encrypted from now on',
      { 'i/main.tf': db('') },
      { 'i/main.tf': db('  storage_encrypted = true\n') },
      ['high infrastructure-replaced i/main.tf:4'],
    ],
    [
      'a block within it has such a name',
      { 'i/main.tf': db('  restore {\n    identifier = "a"\n  }\n') },
      { 'i/main.tf': db('  restore {\n    identifier = "b"\n  }\n') },
      [NONE],
    ],
    [
      'its name comes from elsewhere now',
      { 'i/main.tf': db('  identifier = "a"\n') },
      { 'i/main.tf': db('  identifier = local.name\n') },
      [NONE],
    ],
    [
      'a disk is listed no more among the variables',
      {
        'i/prod.tfvars': 'persistent_disks = {\n  "a" = {\n    size = 1 # GB {\n  }\n  "b" = {\n    size = 2\n  }\n}\n',
      },
      { 'i/prod.tfvars': 'persistent_disks = {\n  "a" = {\n    size = 3\n  }\n}\n' },
      ['high infrastructure-destroyed i/prod.tfvars:5'],
    ],
    [
      'something else is listed no more',
      { 'i/prod.tfvars': 'node_pools = {\n  "a" = {\n  }\n}\n' },
      { 'i/prod.tfvars': 'node_pools = {\n}\n' },
      [NONE],
    ],
    ['a test', { 'i/tests/main.tf': KEPT }, { 'i/tests/main.tf': '' }, [NONE]],
  ])('%s', async (_, before, after, expected) => {
    expect(await exposuresOf(reader, 'rollback', before, after)).toEqual(expected)
  })
})

const claim = (name: string): string => `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: ${name}\n`

describe('Kubernetes and deployments', () => {
  test.each<[string, Files, Files, readonly string[]]>([
    [
      'a claim goes',
      { 'k/a.yaml': `${claim('a')}---\n${claim('b')}` },
      { 'k/a.yaml': claim('a') },
      ['high infrastructure-destroyed k/a.yaml:7'],
    ],
    ['a claim more', { 'k/a.yaml': claim('a') }, { 'k/a.yaml': `${claim('a')}---\n${claim('b')}` }, [NONE]],
    [
      'no revision is kept',
      { 'k/d.yaml': 'kind: Deployment\nspec:\n  revisionHistoryLimit: 5\n' },
      { 'k/d.yaml': 'kind: Deployment\nspec:\n  revisionHistoryLimit: 0\n' },
      ['medium infrastructure-way-back-removed k/d.yaml:3'],
    ],
    [
      'fewer revisions are kept',
      { 'k/d.yaml': 'kind: Deployment\nspec:\n  revisionHistoryLimit: 5\n' },
      { 'k/d.yaml': 'kind: Deployment\nspec:\n  revisionHistoryLimit: 2\n' },
      [NONE],
    ],
    [
      'a volume is deleted with its claim',
      { 'k/v.yaml': 'spec:\n  persistentVolumeReclaimPolicy: Retain\n' },
      { 'k/v.yaml': 'spec:\n  persistentVolumeReclaimPolicy: Delete\n' },
      ['medium infrastructure-protection-removed k/v.yaml:2'],
    ],
    [
      'a stack keeps its table no more',
      { 'template.yaml': '  T:\n    DeletionPolicy: Retain\n' },
      { 'template.yaml': '  T:\n    DeletionPolicy: Delete\n' },
      ['medium infrastructure-protection-removed template.yaml:2'],
    ],
  ])('%s', async (_, before, after, expected) => {
    expect(await exposuresOf(reader, 'rollback', before, after)).toEqual(expected)
  })
})
