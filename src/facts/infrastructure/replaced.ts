import { settingOf, type TerraformBlock } from './terraform.ts'

/** Arguments that the provider cannot change in place: another value makes a new, empty resource. Source: "Forces new resource" in the manuals of the providers. */
const FIXED: readonly { readonly type: RegExp; readonly names: readonly string[] }[] = [
  {
    type: /^aws_db_instance$/,
    names: ['identifier', 'engine', 'db_name', 'username', 'availability_zone', 'storage_encrypted', 'kms_key_id'],
  },
  {
    type: /^aws_(?:rds|docdb|neptune)_cluster$/,
    names: ['cluster_identifier', 'engine', 'database_name', 'master_username', 'storage_encrypted', 'kms_key_id'],
  },
  { type: /^aws_dynamodb_table$/, names: ['name', 'hash_key', 'range_key'] },
  { type: /^aws_s3_bucket$/, names: ['bucket', 'bucket_prefix'] },
  { type: /^aws_efs_file_system$/, names: ['creation_token', 'encrypted', 'kms_key_id', 'performance_mode'] },
  { type: /^aws_ebs_volume$/, names: ['availability_zone', 'encrypted', 'kms_key_id', 'snapshot_id'] },
  {
    type: /^aws_elasticache_(?:cluster|replication_group)$/,
    names: ['cluster_id', 'replication_group_id', 'at_rest_encryption_enabled', 'subnet_group_name'],
  },
  { type: /^aws_(?:opensearch|elasticsearch)_domain$/, names: ['domain_name'] },
  { type: /^aws_sqs_queue$/, names: ['name', 'fifo_queue'] },
  {
    type: /^aws_(?:ecr_repository|kinesis_stream|secretsmanager_secret|cloudwatch_log_group|route53_zone)$/,
    names: ['name'],
  },
  { type: /^aws_cognito_user_pool$/, names: ['username_attributes', 'alias_attributes'] },
  { type: /^google_sql_database_instance$/, names: ['name', 'region'] },
  { type: /^google_storage_bucket$/, names: ['name', 'location'] },
  { type: /^google_bigquery_(?:dataset|table)$/, names: ['dataset_id', 'table_id', 'location'] },
  { type: /^azurerm_/, names: ['name', 'location', 'resource_group_name'] },
]

export interface FixedArgument {
  readonly name: string
  readonly line: number
}

/** Fixed arguments whose value is another one now. A value that is not a literal on both sides is not known, and so not judged. */
export function replacedBy(before: TerraformBlock, after: TerraformBlock): readonly FixedArgument[] {
  const names = FIXED.find(({ type }) => type.test(before.type))?.names ?? []
  return names.flatMap((name): readonly FixedArgument[] => {
    const was = settingOf(before, name, 'own')
    const is = settingOf(after, name, 'own')
    if (is === null || !isLiteral(is.value)) return []
    const old = was?.value ?? (is.value === 'true' ? 'false' : null)
    return old === null || !isLiteral(old) || old === is.value ? [] : [{ name, line: is.line }]
  })
}

function isLiteral(value: string): boolean {
  return /^(?:true|false|"[^"$]*")$/.test(value)
}
