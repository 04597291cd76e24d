import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CheckId } from '../checks/index.ts'
import type { Catalog } from '../facts/behaviour/catalog.ts'
import type { Policy } from '../policy/policy.ts'

/** What ships beside the code: presets, grammars, the pages of the checks. Found from sources and from `dist/` alike. */
const here = dirname(fileURLToPath(import.meta.url))
export const packageRoot = folderWith(join('policies', 'recommended.yml'), here)

/** The nearest folder, from `folder` upwards, that has this file or folder in it. */
function folderWith(path: string, folder: string): string {
  if (existsSync(join(folder, path))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error(`the package airworthy is not complete: ${path} is missing; install it again`)
  return folderWith(path, parent)
}

/** The version in package.json. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))
  return String(version)
}

/** Text of each preset in `policies/`, by name, in alphabetical order. */
export function readPresets(): ReadonlyMap<string, string> {
  const folder = join(packageRoot, 'policies')
  const files = readdirSync(folder).filter((name) => name.endsWith('.yml'))
  return new Map(
    files.sort().map((name) => [name.slice(0, -'.yml'.length), readFileSync(join(folder, name), 'utf8')] as const),
  )
}

/** The catalog that ships (frameworks, SDKs, libraries), as the build read it; null where we run from sources. */
export function builtCatalog(): Catalog | null {
  const text = builtText('catalog.json')
  return text === null ? null : JSON.parse(text)
}

/** The policy of a repository that has none, as the build resolved it; null where we run from sources. */
export function builtPolicy(): Policy | null {
  const text = builtText('policy.json')
  return text === null ? null : JSON.parse(text)
}

function builtText(name: string): string | null {
  return import.meta.url.endsWith('.ts') ? null : readFileSync(join(folderWith(name, here), name), 'utf8')
}

/** The Markdown page of a check. */
export function readCheckPage(id: CheckId): string {
  return readFileSync(join(packageRoot, 'src', 'checks', id, 'README.md'), 'utf8')
}

/** The parser's runtime (`tree-sitter`) or a grammar (`tree-sitter-go`): what the build copied, or the packages it copies from. */
export function readWasm(name: string): Promise<Uint8Array> {
  const fromSources = import.meta.url.endsWith('.ts')
  return readFile(fromSources ? wasmOfPackage(name) : join(folderWith('grammars', here), 'grammars', `${name}.wasm`))
}

/** The built script of a thread that reads code, and the folder of the WASM files; null where we run from sources. */
export function threadScript(): { readonly script: string; readonly grammars: string } | null {
  if (import.meta.url.endsWith('.ts')) return null
  const folder = folderWith('code-thread.js', here)
  return { script: join(folder, 'code-thread.js'), grammars: join(folder, 'grammars') }
}

/** Where the development packages keep a WASM file. */
export function wasmOfPackage(name: string): string {
  const { resolve } = createRequire(import.meta.url)
  if (name === 'libpg-query') return join(dirname(resolve('libpg-query')), 'libpg-query.wasm')
  if (name === 'tree-sitter') return resolve('web-tree-sitter/web-tree-sitter.wasm')
  return join(dirname(resolve('@vscode/tree-sitter-wasm')), `${name}.wasm`)
}
