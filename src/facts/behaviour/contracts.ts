import type { Span } from '../code/code-shape.ts'
import type { EntryPoint, EntryPointKind } from './behaviour-facts.ts'

/** Contract files that are read: GraphQL SDL, protocol buffers, OpenAPI. */
export function isContractPath(path: string): boolean {
  return /\.(?:graphqls?|gql|proto)$/.test(path) || /(?:^|\/)(?:openapi|swagger)[\w.-]*\.ya?ml$/i.test(path)
}

/** Operations that a contract offers, read line by line: a broken file gives fewer, never a fault. */
export function contractEntryPoints(path: string, text: string): readonly EntryPoint[] {
  if (path.endsWith('.proto')) return protoMethods(text)
  return /\.ya?ml$/.test(path) ? openApiOperations(text) : graphqlFields(text)
}

function graphqlFields(text: string): readonly EntryPoint[] {
  const found: EntryPoint[] = []
  let type: string | null = null
  let depth = 0
  let inText = false
  forEachLine(text, (line, span) => {
    const quotes = line.split('"""').length - 1
    const documented = inText || quotes > 0
    if (quotes % 2 === 1) inText = !inText
    if (documented) return
    const opened = /^\s*(?:extend\s+)?type\s+(Query|Mutation|Subscription)\b/.exec(line)?.[1]
    if (opened !== undefined) type = opened
    const field = type !== null && depth === 1 ? /^\s*([a-z_]\w*)\s*[(:]/.exec(line)?.[1] : undefined
    if (field !== undefined && type !== null)
      found.push(entry('resolver', 'GraphQL', `${type}.${field}`, type === 'Mutation', span, field))
    depth += count(line, '{') + count(line, '(') - count(line, '}') - count(line, ')')
    if (depth <= 0 && line.includes('}')) {
      type = null
      depth = 0
    }
  })
  return found
}

function protoMethods(text: string): readonly EntryPoint[] {
  const found: EntryPoint[] = []
  let service = ''
  forEachLine(text, (line, span) => {
    service = /^\s*service\s+(\w+)/.exec(line)?.[1] ?? service
    const method = /^\s*rpc\s+(\w+)\s*\(/.exec(line)?.[1]
    if (method === undefined) return
    const writes =
      !/^(?:Get|List|Search|Find|Watch|Query|Read|Check|Count|Describe|Is|Has|Validate|Subscribe|Stream|Batch(?:Get|Read))|Exists$/.test(
        method,
      )
    found.push(entry('rpc', 'gRPC', `${service}.${method}`, writes, span, method))
  })
  return found
}

function openApiOperations(text: string): readonly EntryPoint[] {
  const found: EntryPoint[] = []
  let inPaths = false
  let path: { readonly text: string; readonly indent: number } | null = null
  forEachLine(text, (line, span) => {
    if (/^\S/.test(line)) inPaths = /^paths\s*:/.test(line)
    if (!inPaths) return
    const at = /^(\s+)['"]?(\/[^'":\s]*)['"]?\s*:\s*$/.exec(line)
    if (at?.[1] !== undefined && at[2] !== undefined) path = { text: at[2], indent: at[1].length }
    const verb = /^(\s+)(get|put|post|delete|patch)\s*:/.exec(line)
    if (verb?.[1] === undefined || verb[2] === undefined || path === null || verb[1].length <= path.indent) return
    found.push(entry('route', 'OpenAPI', `${verb[2].toUpperCase()} ${path.text}`, verb[2] !== 'get', span, null))
  })
  return found
}

function entry(
  kind: EntryPointKind,
  framework: string,
  identity: string,
  writes: boolean,
  span: Span,
  handler: string | null,
): EntryPoint {
  return { kind, framework, identity, writes, span, handler, body: null, wrappers: [], through: null }
}

function forEachLine(text: string, visit: (line: string, span: Span) => void): void {
  let start = 0
  for (const [index, line] of text.split('\n').entries()) {
    visit(line.slice(0, 500), { start, end: start + line.length, startLine: index + 1, endLine: index + 1 })
    start += line.length + 1
  }
}

function count(line: string, what: string): number {
  return line.split(what).length - 1
}
