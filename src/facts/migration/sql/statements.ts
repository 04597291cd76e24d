import type { SqlDialect, Token } from './tokens.ts'
import { tokenize } from './tokens.ts'

/** One statement: its tokens without the separator, its text, and the 1-based line it starts on. */
export interface Statement {
  readonly tokens: readonly Token[]
  readonly text: string
  readonly line: number
}

const ROUTINES = new Set(['FUNCTION', 'PROCEDURE', 'TRIGGER', 'EVENT', 'PACKAGE'])
const OPENS = new Set(['BEGIN', 'CASE'])

/** Cuts SQL into statements. The body of a routine (BEGIN … END) stays in one piece. `firstLine` is the line of the text's first character. */
export function splitStatements(text: string, dialect: SqlDialect, firstLine = 1): readonly Statement[] {
  const statements: Statement[] = []
  let tokens: Token[] = []
  let depth = 0
  const close = () => {
    const first = tokens[0]
    const last = tokens.at(-1)
    if (first && last) {
      const shifted = tokens.map((token) => ({ ...token, line: token.line + firstLine - 1 }))
      statements.push({ tokens: shifted, text: text.slice(first.start, last.end), line: first.line + firstLine - 1 })
    }
    tokens = []
    depth = 0
  }
  for (const token of tokenize(text, dialect)) {
    if (token.kind === 'separator') {
      const whole = token.end - token.start > 1
      if (depth === 0 || whole) close()
      else tokens.push(token)
      continue
    }
    tokens.push(token)
    if (token.kind !== 'word' || !isRoutine(tokens)) continue
    if (OPENS.has(token.key) && tokens.at(-2)?.key !== 'END') depth++
    else if (token.key === 'END') depth = Math.max(0, depth - 1)
    else if (depth > 0 && endsBlock(tokens)) depth++
  }
  close()
  return statements
}

/** `END IF`, `END LOOP` close nothing that was counted: give the count of `END` back. */
function endsBlock(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1)?.key
  return tokens.at(-2)?.key === 'END' && (last === 'IF' || last === 'LOOP' || last === 'WHILE' || last === 'REPEAT')
}

function isRoutine(tokens: readonly Token[]): boolean {
  const first = tokens[0]?.key
  if (first !== 'CREATE' && first !== 'ALTER') return false
  return tokens.slice(1, 12).some((token) => ROUTINES.has(token.key))
}
