import type { AlterTableCmd, AlterTableStmt, ColumnDef, Constraint, Node } from 'libpg-query'
import type { ConstraintType, DefaultValue, OperationBody } from '../operation.ts'
import { isConstant, isNull, relationName, strings, typeText } from './postgres-nodes.ts'

const CONSTRAINTS: Readonly<Record<string, ConstraintType>> = {
  CONSTR_PRIMARY: 'primary-key',
  CONSTR_FOREIGN: 'foreign-key',
  CONSTR_UNIQUE: 'unique',
  CONSTR_CHECK: 'check',
  CONSTR_EXCLUSION: 'exclude',
}

export function alterTable(statement: AlterTableStmt): readonly OperationBody[] {
  const table = relationName(statement.relation)
  if (statement.objtype !== 'OBJECT_TABLE' && statement.objtype !== 'OBJECT_FOREIGN_TABLE') {
    return [{ kind: 'neutral', says: 'ALTER of no table' }]
  }
  return (statement.cmds ?? []).flatMap((node) => ('AlterTableCmd' in node ? command(table, node.AlterTableCmd) : []))
}

function command(table: string, cmd: AlterTableCmd): readonly OperationBody[] {
  const column = cmd.name ?? '?'
  switch (cmd.subtype) {
    case 'AT_AddColumn':
      return cmd.def && 'ColumnDef' in cmd.def ? addColumn(table, cmd.def.ColumnDef) : []
    case 'AT_DropColumn':
      return [{ kind: 'drop-column', table, column }]
    case 'AT_ColumnDefault':
      return [cmd.def ? { kind: 'set-default', table, column } : { kind: 'drop-default', table, column }]
    case 'AT_SetNotNull':
      return [{ kind: 'set-not-null', table, column, fill: 'none' }]
    case 'AT_DropNotNull':
      return [{ kind: 'drop-not-null', table, column }]
    case 'AT_AlterColumnType': {
      const to = cmd.def && 'ColumnDef' in cmd.def ? typeText(cmd.def.ColumnDef.typeName) : null
      return [{ kind: 'change-type', table, column, from: null, to }]
    }
    case 'AT_AddConstraint':
      return cmd.def && 'Constraint' in cmd.def ? addConstraint(table, cmd.def.Constraint) : []
    case 'AT_DropConstraint':
      return [{ kind: 'drop-constraint', table, name: column, columns: [] }]
    case 'AT_DetachPartition':
    case 'AT_AttachPartition':
      return [{ kind: 'neutral', says: 'PARTITION' }]
    case 'AT_DropExpression':
    case 'AT_SetExpression':
      return [{ kind: 'change-type', table, column, from: null, to: null }]
    case 'AT_AddIdentity':
      return [{ kind: 'set-default', table, column }]
    case 'AT_DropIdentity':
      return [{ kind: 'drop-default', table, column }]
    default:
      return [switchOf(table, cmd.subtype ?? '')]
  }
}

/** Switches of a table come in pairs: naming them as objects lets the way down be compared with the way up. */
function switchOf(table: string, subtype: string): OperationBody {
  const match = /^AT_(Enable|Disable|Force|NoForce)RowSecurity$/.exec(subtype)
  if (match === null) return { kind: 'neutral', says: subtype }
  const on = match[1] === 'Enable' || match[1] === 'Force'
  const name = `row security of ${table}`
  return on
    ? { kind: 'create-object', object: 'policy', name, replace: false }
    : { kind: 'drop-object', object: 'policy', name }
}

function addConstraint(table: string, constraint: Constraint): readonly OperationBody[] {
  const type = CONSTRAINTS[constraint.contype ?? '']
  if (type === undefined) {
    const column = strings(constraint.keys)[0]
    if (constraint.contype === 'CONSTR_NOTNULL' && column)
      return [{ kind: 'set-not-null', table, column, fill: 'none' }]
    return [{ kind: 'neutral', says: constraint.contype ?? 'constraint' }]
  }
  const columns = strings(type === 'foreign-key' ? constraint.fk_attrs : constraint.keys)
  const name = constraint.conname ?? constraint.indexname ?? null
  return [{ kind: 'add-constraint', table, name, type, columns, validated: constraint.skip_validation !== true }]
}

const SERIAL = /^(?:big|small)?serial[248]?$/

function addColumn(table: string, definition: ColumnDef): readonly OperationBody[] {
  const constraints = (definition.constraints ?? []).flatMap((node) => ('Constraint' in node ? node.Constraint : []))
  const types = new Set(constraints.map((constraint) => constraint.contype))
  const type = typeText(definition.typeName)
  const serial = type !== null && SERIAL.test(type)
  const value = constraints.find((constraint) => constraint.contype === 'CONSTR_DEFAULT')?.raw_expr
  const generated = serial || types.has('CONSTR_GENERATED') || types.has('CONSTR_IDENTITY')
  const column = definition.colname ?? '?'
  const nullable =
    !serial && !types.has('CONSTR_NOTNULL') && !types.has('CONSTR_PRIMARY') && !types.has('CONSTR_IDENTITY')
  return [{ kind: 'add-column', table, column, type, nullable, default: generated ? 'computed' : defaultOf(value) }]
}

function defaultOf(value: Node | undefined): DefaultValue {
  if (value === undefined || isNull(value)) return 'none'
  return isConstant(value) ? 'constant' : 'computed'
}
