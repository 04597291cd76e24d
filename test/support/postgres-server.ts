import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A PostgreSQL of Debian's packages, started for one test file: no TCP port, a socket in a temporary folder, no root. */
export interface PostgresServer {
  /** Runs SQL; throws with the server's words when a statement fails. */
  readonly run: (sql: string) => void
  /** Runs SQL and goes on behind a statement that fails. */
  readonly tryAll: (sql: string) => void
  /** Shape and rows of each schema as sorted text: the order of columns and statements does not count. */
  readonly dump: () => ReadonlyMap<string, string>
  readonly stop: () => void
}

const FOLDER = '/usr/lib/postgresql'

/** Folder of the newest installed server's programs; null when none is installed. */
export function installedPostgres(): string | null {
  if (!existsSync(FOLDER)) return null
  const version = readdirSync(FOLDER)
    .filter((name) => existsSync(join(FOLDER, name, 'bin', 'initdb')))
    .sort((a, b) => Number(a) - Number(b))
    .at(-1)
  return version === undefined ? null : join(FOLDER, version, 'bin')
}

export function startPostgres(bin: string): PostgresServer {
  const folder = mkdtempSync(join(tmpdir(), 'pg-'))
  const user = runningUser()
  if (user !== null) chownSync(folder, user.uid, user.gid)
  const execute = (program: string, args: readonly string[], input = ''): string =>
    execFileSync(join(bin, program), args, {
      input,
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      ...(user ?? {}),
    })
  const data = join(folder, 'data')
  execute('initdb', ['-D', data, '-U', 'test', '--auth=trust', '-E', 'UTF8', '--no-sync'])
  const settings = `-k ${folder} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off`
  execute('pg_ctl', ['-D', data, '-w', '-s', '-l', join(folder, 'log'), '-o', settings, 'start'])
  const connection = ['-h', folder, '-U', 'test', '-d', 'postgres']
  const psql = (sql: string, stop: 0 | 1): string =>
    execute('psql', [...connection, '-X', '-q', '-v', `ON_ERROR_STOP=${stop}`, '-f', '-'], sql)
  return {
    run: (sql) => void psql(sql, 1),
    tryAll: (sql) => void psql(sql, 0),
    dump: () => bySchema(execute('pg_dump', [...connection, '--column-inserts', '--no-owner'])),
    stop: () => {
      execute('pg_ctl', ['-D', data, '-w', '-s', '-m', 'immediate', 'stop'])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root: Debian's package brings a user for it. */
function runningUser(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** pg_dump names the schema of every object in a comment above it. */
function bySchema(dump: string): ReadonlyMap<string, string> {
  const lines = new Map<string, string[]>()
  let schema = ''
  for (const line of dump.split('\n')) {
    const named = /^-- (?:Data for )?Name: .*; Schema: ([^;]+);/.exec(line)?.[1]
    if (named !== undefined) schema = named
    if (line === '' || /^(?:--|SET |SELECT pg_catalog|\\)/.test(line)) continue
    const anywhere = insertByPairs(line).replaceAll(`${schema}.`, '').replace(/,$/, '')
    lines.set(schema, [...(lines.get(schema) ?? []), anywhere])
  }
  return new Map([...lines].map(([name, found]) => [name, found.sort().join('\n')] as const))
}

function insertByPairs(line: string): string {
  const match = /^INSERT INTO (\S+) \((.*?)\) VALUES \((.*)\);$/.exec(line)
  if (match === null) return line
  const values = (match[3] ?? '').split(', ')
  const pairs = (match[2] ?? '').split(', ').map((name, i) => `${name}=${values[i]}`)
  return `${match[1]} ${pairs.sort().join(' ')}`
}
