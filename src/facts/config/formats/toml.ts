import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser'
import { tooDeep } from '../../nesting.ts'
import { type ConfigEntry, configEntry, type ParsedConfig, parsed } from '../config-entry.ts'

/** TOML 1.0. A duplicate key is an error there. */
export function parseToml(text: string): ParsedConfig {
  if (tooDeep(text)) return { status: 'skipped', reason: 'nested too deeply' }
  let program: AST.TOMLProgram
  try {
    program = parseTOML(text)
  } catch (error) {
    if (error instanceof ParseError) return { status: 'broken', line: error.lineNumber, problem: 'not valid TOML' }
    throw error
  }
  const entries: ConfigEntry[] = []
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') pair(node, [], entries)
    else for (const child of node.body) pair(child, node.resolvedKey.map(segment), entries)
  }
  return parsed(entries)
}

function segment(part: string | number): string {
  return typeof part === 'number' ? `[${part}]` : part
}

function pair(node: AST.TOMLKeyValue, parent: readonly string[], into: ConfigEntry[]): void {
  const path = [...parent, ...node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))]
  const line = node.loc.start.line
  const value = node.value
  if (value.type === 'TOMLInlineTable') {
    for (const child of value.body) pair(child, path, into)
  } else if (value.type === 'TOMLArray') {
    const items: unknown = getStaticTOMLValue(value)
    const list = Array.isArray(items) ? items : []
    into.push(
      configEntry({
        path,
        line,
        raw: JSON.stringify(list),
        shape: { kind: 'list', size: list.length, wildcard: list.includes('*') },
      }),
    )
  } else {
    into.push(configEntry({ path, line, raw: String(value.value), quoted: value.kind === 'string' }))
  }
}
