import type { Node } from 'libpg-query'

/** Statements of a text as PostgreSQL's own grammar reads them; null when it refuses the text. */
export type PostgresParser = (sql: string) => readonly Node[] | null

/** Loads PostgreSQL's parser (WebAssembly, about 1.7 MB, 50 ms). Only a change with SQL in it pays for that. */
export async function loadPostgresParser(): Promise<PostgresParser> {
  const { loadModule, parseSync, SqlError } = await import('libpg-query')
  await loadModule()
  return (sql) => {
    try {
      return (parseSync(sql).stmts ?? []).flatMap((raw) => raw.stmt ?? [])
    } catch (error) {
      if (error instanceof SqlError) return null
      throw error
    }
  }
}
