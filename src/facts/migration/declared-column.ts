import { type Statement, splitStatements } from './sql/statements.ts'
import type { Token } from './sql/tokens.ts'

/** What earlier SQL migrations made of a column. */
export interface DeclaredColumn {
  /** As it is written: `varchar(40)`. */
  readonly type: string
  readonly required: boolean
}

const BEFORE_COLUMN = new Set(['(', ',', 'ADD', 'COLUMN', 'EXISTS', 'MODIFY', 'ALTER'])
const NO_TYPE = new Set(['SET', 'DROP', 'TO', 'ADD', 'CONSTRAINT', 'ASC', 'DESC', 'USING'])
const SECOND_WORD = /^(?:VARYING|PRECISION|WITH|WITHOUT|TIME|ZONE|UNSIGNED)$/

/** The last declaration of a column in the texts of SQL migrations, oldest first. Null when none of them declares it. */
export function declaredColumn(texts: readonly string[], table: string, column: string): DeclaredColumn | null {
  for (const text of [...texts].reverse()) {
    if (!text.toLowerCase().includes(column.toLowerCase())) continue
    for (const statement of [...splitStatements(text, 'unknown')].reverse()) {
      const found = isAbout(statement, table) ? declarationIn(statement.tokens, column) : null
      if (found !== null) return found
    }
  }
  return null
}

/** So far into a statement stands the table: `CREATE TEMPORARY TABLE IF NOT EXISTS a.b (`. */
const HEAD = 10

function isAbout({ tokens }: Statement, table: string): boolean {
  const verb = tokens[0]?.key
  return (
    (verb === 'CREATE' || verb === 'ALTER') &&
    tokens.slice(1, HEAD).some((token) => token.text.toLowerCase() === table.toLowerCase())
  )
}

function declarationIn(tokens: readonly Token[], column: string): DeclaredColumn | null {
  for (let i = tokens.length - 1; i > 0; i--) {
    const token = tokens[i]
    if (token?.text.toLowerCase() !== column.toLowerCase() || token.kind === 'string') continue
    if (!BEFORE_COLUMN.has(tokens[i - 1]?.key ?? '')) continue
    const at = tokens[i + 1]?.key === 'TYPE' ? i + 2 : i + 1
    const type = tokens[at]
    if ((type?.kind !== 'word' && type?.kind !== 'quoted') || NO_TYPE.has(type.key)) continue
    return { type: typeAt(tokens, at), required: isRequired(tokens, at) }
  }
  return null
}

function typeAt(tokens: readonly Token[], at: number): string {
  const words = [tokens[at]?.text ?? '']
  let i = at + 1
  for (; SECOND_WORD.test(tokens[i]?.key ?? ''); i++)
    if (tokens[i]?.key !== 'UNSIGNED') words.push(tokens[i]?.text ?? '')
  if (tokens[i]?.key !== '(') return words.join(' ')
  const end = tokens.findIndex((token, k) => k > i && token.key === ')')
  return `${words.join(' ')}${tokens
    .slice(i, end + 1)
    .map((token) => token.text)
    .join('')}`
}

function isRequired(tokens: readonly Token[], from: number): boolean {
  let depth = 0
  for (let i = from; i < tokens.length; i++) {
    const key = tokens[i]?.key
    if (key === '(') depth++
    if (key === ')') depth--
    if (depth < 0 || (depth === 0 && key === ',')) return false
    if (key === 'NOT' && tokens[i + 1]?.key === 'NULL') return true
  }
  return false
}
