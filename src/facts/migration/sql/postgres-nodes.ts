import type { Node, RangeVar, TypeName } from 'libpg-query'

/** Small readers of PostgreSQL's parse tree. */

export function relationName(relation: RangeVar | undefined): string {
  return relation?.relname ?? '?'
}

function stringOf(node: Node | undefined): string | null {
  return node && 'String' in node ? (node.String.sval ?? null) : null
}

/** `a`, `s.a`, `(String a)`, a list of them, or a type: the last name in it. */
export function lastNameOf(node: Node | undefined): string {
  if (node === undefined) return '?'
  if ('List' in node) return lastNameOf(node.List.items?.at(-1))
  if ('ObjectWithArgs' in node) return lastNameOf(node.ObjectWithArgs.objname?.at(-1))
  if ('TypeName' in node) return lastNameOf(node.TypeName.names?.at(-1))
  if ('RangeVar' in node) return relationName(node.RangeVar)
  return stringOf(node) ?? '?'
}

export function strings(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap((node) => stringOf(node) ?? [])
}

/** A type as text: `varchar(20)`, `timestamptz`, `text[]`. */
export function typeText(type: TypeName | undefined): string | null {
  if (type === undefined) return null
  const name = lastNameOf(type.names?.at(-1))
  const modifiers = (type.typmods ?? []).flatMap((node) =>
    'A_Const' in node && node.A_Const.ival ? [String(node.A_Const.ival.ival ?? 0)] : [],
  )
  const array = (type.arrayBounds ?? []).length > 0 ? '[]' : ''
  return `${name}${modifiers.length > 0 ? `(${modifiers.join(', ')})` : ''}${array}`
}

/** Whether an expression is a literal, perhaps cast or negated. */
export function isConstant(node: Node | undefined): boolean {
  if (node === undefined) return false
  if ('A_Const' in node) return true
  if ('TypeCast' in node) return isConstant(node.TypeCast.arg)
  if ('A_Expr' in node) return node.A_Expr.lexpr === undefined && isConstant(node.A_Expr.rexpr)
  if ('A_ArrayExpr' in node) return (node.A_ArrayExpr.elements ?? []).every(isConstant)
  return 'SQLValueFunction' in node
}

export function isNull(node: Node | undefined): boolean {
  if (node === undefined) return false
  if ('TypeCast' in node) return isNull(node.TypeCast.arg)
  return 'A_Const' in node && node.A_Const.isnull === true
}
