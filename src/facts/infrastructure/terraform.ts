/** A block of HCL with its body as lines; nested blocks stay in the body. */
export interface TerraformBlock {
  /** 'aws_db_instance.main' */
  readonly address: string
  readonly type: string
  readonly line: number
  readonly lines: readonly { readonly text: string; readonly line: number }[]
}

export interface TerraformFile {
  readonly resources: readonly TerraformBlock[]
  /** Addresses named in `moved { from = … }` and `removed { from = … }`. */
  readonly moved: ReadonlySet<string>
}

/** Types that hold data which a new resource of the same name does not have. */
const STATEFUL =
  /^(?:aws_(?:db_instance|rds_cluster\w*|dynamodb_\w*table|s3_bucket|efs_file_system|ebs_volume|elasticache_\w+|redshift_cluster|docdb_cluster|neptune_cluster|opensearch_domain|elasticsearch_domain|kinesis_stream|msk_cluster|sqs_queue|kms_key|secretsmanager_secret|cognito_user_pool|ecr_repository|backup_vault|cloudwatch_log_group|route53_zone)|google_(?:sql_database\w*|storage_bucket|bigtable_\w+|bigquery_\w*(?:dataset|table)|spanner_\w+|firestore_\w+|compute_disk|filestore_instance|redis_instance|alloydb_\w+|kms_\w+|secret_manager_secret|pubsub_(?:topic|subscription)|artifact_registry_repository|dns_managed_zone)|azurerm_(?:\w*sql\w*_(?:server|database)|\w*_flexible_server\w*|cosmosdb_\w+|storage_(?:account|container|share)|managed_disk|redis_cache|key_vault\w*|eventhub\w*|servicebus_\w+|container_registry|dns_zone|kusto_\w+)|digitalocean_(?:database_\w+|volume|spaces_bucket)|kubernetes_(?:persistent_volume\w*|namespace\w*|stateful_set\w*))$/

export function holdsData(type: string): boolean {
  return STATEFUL.test(type)
}

/** Reads resource, moved and removed blocks by braces. Strings, comments and heredocs hold no braces that count. */
export function readTerraform(text: string): TerraformFile {
  const resources: TerraformBlock[] = []
  const moved = new Set<string>()
  let open: { header: string; line: number; lines: { text: string; line: number }[] } | null = null
  let depth = 0
  let heredoc: string | null = null
  let comment = false
  text.split('\n').forEach((raw, i) => {
    if (heredoc !== null) {
      if (raw.trim() === heredoc) heredoc = null
      return
    }
    const code = codeOf(raw, comment)
    comment = code.inComment
    heredoc = /<<[-~]?\s*"?(\w+)"?\s*$/.exec(code.text)?.[1] ?? null
    const before = depth
    for (const char of code.text) {
      if (char === '{') depth++
      else if (char === '}') depth = Math.max(0, depth - 1)
    }
    if (before === 0 && depth > 0) open = { header: raw.trim(), line: i + 1, lines: [] }
    else if (open !== null) open.lines.push({ text: raw, line: i + 1 })
    if (depth === 0 && open !== null) {
      keep(open, resources, moved)
      open = null
    }
  })
  return { resources, moved }
}

function keep(
  open: { header: string; line: number; lines: { text: string; line: number }[] },
  resources: TerraformBlock[],
  moved: Set<string>,
): void {
  const resource = /^resource\s+"([\w-]+)"\s+"([\w-]+)"/.exec(open.header)
  if (resource)
    resources.push({
      address: `${resource[1]}.${resource[2]}`,
      type: resource[1] ?? '',
      line: open.line,
      lines: open.lines,
    })
  if (!/^(?:moved|removed)\b/.test(open.header)) return
  for (const { text } of open.lines) {
    const from = /^\s*from\s*=\s*([\w.-]+)/.exec(text)?.[1]
    if (from !== undefined) moved.add(from)
  }
}

/** A line without its strings and comments. */
function codeOf(line: string, inComment: boolean): { readonly text: string; readonly inComment: boolean } {
  let text = ''
  let comment = inComment
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    const two = line.slice(i, i + 2)
    if (comment) {
      if (two === '*/') {
        comment = false
        i++
      }
    } else if (quoted) {
      if (line[i] === '\\') i++
      else if (line[i] === '"') quoted = false
    } else if (two === '/*') {
      comment = true
      i++
    } else if (line[i] === '#' || two === '//') break
    else if (line[i] === '"') quoted = true
    else text += line[i]
  }
  return { text, inComment: comment }
}

/** Settings whose value keeps a resource or its data from going away. */
const PROTECTIONS: readonly { readonly name: string; readonly safe: RegExp }[] = [
  { name: 'prevent_destroy', safe: /^true$/ },
  { name: 'deletion_protection', safe: /^(?:true|"ENABLED")$/ },
  { name: 'deletion_protection_enabled', safe: /^true$/ },
  { name: 'skip_final_snapshot', safe: /^false$/ },
  { name: 'force_destroy', safe: /^false$/ },
  { name: 'backup_retention_period', safe: /^[1-9]\d*$/ },
  { name: 'point_in_time_recovery', safe: /^true$/ },
]

/** Protections that were on and are off or gone now. A value from a variable is not known, and so not judged. */
export function lostProtections(before: TerraformBlock, after: TerraformBlock): readonly LostProtection[] {
  return PROTECTIONS.flatMap(({ name, safe }): readonly LostProtection[] => {
    const was = settingOf(before, name)
    const is = settingOf(after, name)
    if (was === null || !safe.test(was.value)) return []
    if (is === null)
      return /^(?:prevent_destroy|deletion_protection)/.test(name) ? [{ name, line: was.line, side: 'base' }] : []
    const isKnown = /^(?:true|false|\d+|"\w+")$/.test(is.value)
    return safe.test(is.value) || !isKnown ? [] : [{ name, line: is.line, side: 'head' }]
  })
}

interface LostProtection {
  readonly name: string
  readonly line: number
  readonly side: 'base' | 'head'
}

/** The first line that gives a value to this name: anywhere in the block, or (`own`) outside the blocks within it. */
export function settingOf(
  block: TerraformBlock,
  name: string,
  where: 'anywhere' | 'own' = 'anywhere',
): { readonly value: string; readonly line: number } | null {
  const margin = block.lines.find(({ text }) => text.trim() !== '')?.text.search(/\S/) ?? 0
  for (const { text, line } of block.lines) {
    const match = /^\s*(\w+)\s*=\s*([^#]*?)\s*(?:#.*)?$/.exec(text)
    if (match?.[1] === name && (where === 'anywhere' || text.search(/\S/) === margin))
      return { value: match[2] ?? '', line }
  }
  return null
}
