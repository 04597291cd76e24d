import type { DropStmt, Node, RenameStmt } from 'libpg-query'
import type { ObjectType, OperationBody } from '../operation.ts'
import { alterTable } from './postgres-alter-table.ts'
import { lastNameOf, relationName, strings } from './postgres-nodes.ts'

const OBJECTS: Readonly<Record<string, ObjectType>> = {
  OBJECT_VIEW: 'view',
  OBJECT_MATVIEW: 'materialized-view',
  OBJECT_FUNCTION: 'function',
  OBJECT_PROCEDURE: 'function',
  OBJECT_ROUTINE: 'function',
  OBJECT_AGGREGATE: 'function',
  OBJECT_TRIGGER: 'trigger',
  OBJECT_EVENT_TRIGGER: 'trigger',
  OBJECT_TYPE: 'type',
  OBJECT_DOMAIN: 'type',
  OBJECT_SEQUENCE: 'sequence',
  OBJECT_SCHEMA: 'schema',
  OBJECT_DATABASE: 'database',
  OBJECT_EXTENSION: 'extension',
  OBJECT_POLICY: 'policy',
}

function objectType(type: string | undefined): ObjectType {
  return OBJECTS[type ?? ''] ?? 'other'
}

/** What one statement of PostgreSQL's parse tree does. Null when this reader does not know the node: the scanner reads it then. */
export function postgresOperations(node: Node): readonly OperationBody[] | null {
  if ('AlterTableStmt' in node) return alterTable(node.AlterTableStmt)
  if ('DropStmt' in node) return drops(node.DropStmt)
  if ('RenameStmt' in node) return [rename(node.RenameStmt)]
  if ('UpdateStmt' in node) {
    const { relation, targetList, whereClause } = node.UpdateStmt
    const columns = (targetList ?? []).flatMap((target) => ('ResTarget' in target ? (target.ResTarget.name ?? []) : []))
    return [{ kind: 'update-rows', table: relationName(relation), columns, where: whereClause !== undefined }]
  }
  const one = created(node) ?? changed(node)
  return one === null ? null : [one]
}

function created(node: Node): OperationBody | null {
  if ('CreateStmt' in node) {
    const { relation, if_not_exists } = node.CreateStmt
    return { kind: 'create-table', table: relationName(relation), ifNotExists: if_not_exists === true }
  }
  if ('CreateTableAsStmt' in node) {
    const { into, objtype, if_not_exists } = node.CreateTableAsStmt
    const name = relationName(into?.rel)
    if (objtype === 'OBJECT_MATVIEW')
      return { kind: 'create-object', object: 'materialized-view', name, replace: false }
    return { kind: 'create-table', table: name, ifNotExists: if_not_exists === true }
  }
  if ('IndexStmt' in node) {
    const index = node.IndexStmt
    const columns = (index.indexParams ?? []).flatMap((part) =>
      'IndexElem' in part ? (part.IndexElem.name ?? []) : [],
    )
    const { unique = false, concurrent = false } = index
    return {
      kind: 'add-index',
      table: relationName(index.relation),
      name: index.idxname ?? null,
      columns,
      unique,
      concurrently: concurrent,
    }
  }
  if ('ViewStmt' in node) return object('view', relationName(node.ViewStmt.view), node.ViewStmt.replace)
  if ('CreateFunctionStmt' in node) {
    return object('function', strings(node.CreateFunctionStmt.funcname).at(-1), node.CreateFunctionStmt.replace)
  }
  if ('CreateTrigStmt' in node) return object('trigger', node.CreateTrigStmt.trigname, node.CreateTrigStmt.replace)
  if ('CreateSeqStmt' in node) return object('sequence', relationName(node.CreateSeqStmt.sequence))
  if ('CreateSchemaStmt' in node) return object('schema', node.CreateSchemaStmt.schemaname)
  if ('CreateExtensionStmt' in node) return object('extension', node.CreateExtensionStmt.extname)
  if ('CreatePolicyStmt' in node) return object('policy', node.CreatePolicyStmt.policy_name)
  if ('CreateEnumStmt' in node) return object('type', strings(node.CreateEnumStmt.typeName).at(-1))
  if ('CompositeTypeStmt' in node) return object('type', relationName(node.CompositeTypeStmt.typevar))
  if ('CreateRangeStmt' in node) return object('type', strings(node.CreateRangeStmt.typeName).at(-1))
  if ('CreateDomainStmt' in node) return object('type', strings(node.CreateDomainStmt.domainname).at(-1))
  return null
}

function object(type: ObjectType, name: string | undefined, replace = false): OperationBody {
  return { kind: 'create-object', object: type, name: name ?? '?', replace }
}

function changed(node: Node): OperationBody | null {
  if ('AlterEnumStmt' in node) {
    const { typeName, oldVal, newVal = '?' } = node.AlterEnumStmt
    const name = strings(typeName).at(-1) ?? '?'
    if (oldVal !== undefined) return { kind: 'rename-enum-value', name, value: oldVal, to: newVal }
    return { kind: 'add-enum-value', name, value: newVal }
  }
  if ('InsertStmt' in node) return { kind: 'insert-rows', table: relationName(node.InsertStmt.relation) }
  if ('DeleteStmt' in node) {
    return {
      kind: 'delete-rows',
      table: relationName(node.DeleteStmt.relation),
      where: node.DeleteStmt.whereClause !== undefined,
    }
  }
  if ('AlterObjectSchemaStmt' in node && node.AlterObjectSchemaStmt.objectType === 'OBJECT_TABLE') {
    const table = relationName(node.AlterObjectSchemaStmt.relation)
    return { kind: 'rename-table', table, to: `${node.AlterObjectSchemaStmt.newschema ?? '?'}.${table}` }
  }
  if ('AlterPolicyStmt' in node) return object('policy', node.AlterPolicyStmt.policy_name, true)
  return null
}

function drops(statement: DropStmt): readonly OperationBody[] {
  const concurrently = statement.concurrent === true
  return (statement.objects ?? []).map((node): OperationBody => {
    const name = lastNameOf(node)
    switch (statement.removeType) {
      case 'OBJECT_TABLE':
      case 'OBJECT_FOREIGN_TABLE':
        return { kind: 'drop-table', table: name }
      case 'OBJECT_INDEX':
        return { kind: 'drop-index', table: null, name, columns: [], concurrently }
      default:
        return { kind: 'drop-object', object: objectType(statement.removeType), name }
    }
  })
}

function rename(statement: RenameStmt): OperationBody {
  const to = statement.newname ?? '?'
  const table = relationName(statement.relation)
  switch (statement.renameType) {
    case 'OBJECT_COLUMN':
      return { kind: 'rename-column', table, column: statement.subname ?? '?', to }
    case 'OBJECT_TABLE':
      return { kind: 'rename-table', table, to }
    case 'OBJECT_TABCONSTRAINT':
      return { kind: 'rename-object', object: 'other', name: statement.subname ?? '?', to }
    case 'OBJECT_INDEX':
      return { kind: 'rename-object', object: 'other', name: table, to }
    default: {
      const name = statement.subname ?? (statement.object ? lastNameOf(statement.object) : table)
      return { kind: 'rename-object', object: objectType(statement.renameType), name, to }
    }
  }
}
