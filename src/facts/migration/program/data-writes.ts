import type { Operation } from '../operation.ts'
import type { Call } from './program.ts'
import { chainOf, rootOf, textsOf } from './program.ts'

const DELETES = new Set(
  'delete delete_all deleteMany deleteOne destroy destroy_all destroy! delete! delete_by destroy_by forceDelete del truncate bulkDelete deleteFrom _raw_delete delete_many delete_one remove_many DeleteAsync RemoveRange ExecuteDelete ExecuteDeleteAsync'.split(
    ' ',
  ),
)
const UPDATES = new Set(
  'update update_all updateMany updateOne update! update_columns update_column update_attribute update_attributes save save! bulk_update bulkUpdate bulkWrite updateOrInsert updateOrCreate updateTable upsert increment decrement update_or_create update_many update_one ExecuteUpdate ExecuteUpdateAsync SaveChanges SaveChangesAsync touch_all toggle!'.split(
    ' ',
  ),
)
const INSERTS = new Set(
  'create create! createMany insert insert_all insert_all! insertMany insertOne insertGetId insertInto bulk_create bulkInsert bulk_insert_mappings get_or_create firstOrCreate find_or_create_by find_or_create_by! upsert_all import insert_many'.split(
    ' ',
  ),
)
/** Names that hold a connection or a client of a database. */
const CLIENTS =
  /^(?:this\.)?(?:prisma|tx|trx|db|DB|knex|queryInterface|queryRunner|connection|conn|em|manager|entityManager|repository|repo|session|bind|client|pgm|sequelize|context|database|model|models|transaction|pool|apps|schema_editor)\b/
/** Roots of chains that change things in memory or elsewhere, not rows. */
const ELSEWHERE =
  /^(?:Rails|Redis|redis|cache|Cache|Object|Map|Set|Array|JSON|Math|File|FileUtils|Dir|Storage|S3|crypto|hash|Digest|process|fs|os|shutil|ENV|Log|logger|console|params|sidekiq|Sidekiq)\b/

/**
 * What a call does to rows, judged by the name of the method and what it is called on; null when it is no write.
 * Instances are recognised only where their language has nothing else of that name (`x.save!`, `x.delete()`).
 */
export function dataWrite(call: Call): Operation | null {
  const chain = chainOf(call)
  const root = rootOf(call) ?? chain[0]?.name ?? ''
  if (root === '' || ELSEWHERE.test(root)) return null
  if (!looksLikeRows(call, chain, root)) return null
  if (/^[A-Z]\w*(?:Service|Command|Job|Task|Action|Helper|Manager|Handler|Shell)$/.test(root))
    return { kind: 'run-code', name: root, line: call.line }
  const table = tableName(root, chain)
  const where =
    chain.some((link) => /^(?:where|filter|whereIn|find_by|exclude)/i.test(link.name)) || call.args.length > 0
  if (DELETES.has(call.name)) return { kind: 'delete-rows', table, where, line: call.line }
  if (UPDATES.has(call.name)) {
    const columns = columnsOf(call)
    const empty = columns.length > 0 && columns.every((column) => chain.some((link) => picksEmpty(link, column)))
    const body: Operation = { kind: 'update-rows', table, columns, where, line: call.line }
    return empty ? { ...body, onlyEmpty: true } : body
  }
  if (INSERTS.has(call.name)) return { kind: 'insert-rows', table, line: call.line }
  return null
}

function looksLikeRows(call: Call, chain: readonly Call[], root: string): boolean {
  if (CLIENTS.test(root)) return true
  if (/\bobjects\b/.test(root) || chain.some((link) => link.name === 'objects')) return true
  if (/^[A-Z]\w*$/.test(root.split(/[.:\\]+/)[0] ?? '') && call.receiver !== null) return true
  const noArguments = call.args.length === 0
  if (call.name === 'save' || call.name === 'save!' || call.name === 'update!' || call.name === 'destroy!') return true
  if ((call.name === 'delete' || call.name === 'destroy') && noArguments) return true
  return /^(?:update_all|delete_all|destroy_all|update_columns?|bulk_update|bulk_create|updateMany|deleteMany|createMany)$/.test(
    call.name,
  )
}

/** `User.where(…)` → User, `apps.get_model('app', 'User').objects` → User, `tx.user.update` → user, `knex('users')` → users. */
function tableName(root: string, chain: readonly Call[]): string {
  const model = chain.find((link) =>
    /^(?:get_model|table|from|knex|collection|deleteFrom|updateTable|insertInto)$/.test(link.name),
  )
  const named = model?.args.at(-1)
  if (named?.kind === 'text') return named.text
  const parts = root.split(/[.:]+/).filter((part) => part !== 'objects' && part !== 'this' && part !== '')
  return (CLIENTS.test(root) && parts.length > 1 ? parts[1] : parts[0]) ?? root
}

/** `whereNull('a')`, `where(a: nil)`, `where({ a: null })`, `filter(a__isnull=True)`, `filter(a=None)`. */
function picksEmpty(link: Call, column: string): boolean {
  if (link.name === 'whereNull') return textsOf(link.args[0]).includes(column)
  if (!/^(?:where|filter)$/.test(link.name)) return false
  const values = [link.named, ...link.args.flatMap((arg) => (arg.kind === 'map' ? arg.entries : []))]
  return values.some((entries) => {
    const tested = entries.get(`${column}__isnull`)
    return entries.get(column)?.kind === 'null' || (tested?.kind === 'bool' && tested.value)
  })
}

/** Columns that a write names: `update(a=1)`, `update({ a: 1 })`, `save(update_fields=['a'])`. Empty when it names none. */
function columnsOf(call: Call): readonly string[] {
  const listed =
    call.named.get('update_fields') ??
    call.named.get('fields') ??
    (call.name === 'bulk_update' ? call.args[1] : undefined)
  if (listed !== undefined) return textsOf(listed)
  const map = call.args.find((arg) => arg.kind === 'map')
  if (map?.kind !== 'map') return /^save/.test(call.name) ? [] : [...call.named.keys()]
  const data = map.entries.get('data')
  return [...(data?.kind === 'map' ? data.entries : map.entries).keys()]
}
