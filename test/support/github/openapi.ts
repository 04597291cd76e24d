import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'

interface Parameter {
  readonly $ref?: string
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: Readonly<Record<string, unknown>>
}
interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {
    readonly required?: boolean
    readonly content: Readonly<Record<string, { readonly schema: { readonly properties?: object } }>>
  }
}

/** One request as it came over the wire. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: unknown
}

const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json')
const description = JSON.parse(readFileSync(file, 'utf8'))
// Named `#/components/…` everywhere, so the whole description is one schema.
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, coerceTypes: false }).addSchema(
  description,
  'github',
)
const routes = Object.keys(description.paths)
  .map((template) => ({ template, parts: template.split('/') }))
  .sort((a, b) => holes(a.parts) - holes(b.parts))
const compiled = new Map<string, ValidateFunction>()

function holes(parts: readonly string[]): number {
  return parts.filter((part) => part.startsWith('{')).length
}

/** What GitHub's own description finds wrong with a request; empty when nothing is. */
export function openApiProblems(request: WireRequest): readonly string[] {
  const { method, path } = request
  const route = routes.find(
    ({ parts }) => fits(parts, path.split('/')) && description.paths[parts.join('/')][method.toLowerCase()],
  )
  if (!route) return [`${method} ${path}: GitHub has no such route`]
  const operation: Operation = description.paths[route.template][method.toLowerCase()]
  const pointer = `github#/paths/${encodePointer(route.template)}/${method.toLowerCase()}`
  return [...queryProblems(operation, request), ...bodyProblems(operation, pointer, request)].map(
    (problem) => `${method} ${route.template}: ${problem}`,
  )
}

function fits(parts: readonly string[], actual: readonly string[]): boolean {
  const open = parts.at(-1) === '{path}' || parts.at(-1) === '{ref}'
  if (open ? actual.length < parts.length : actual.length !== parts.length) return false
  return parts.every((part, i) => (part.startsWith('{') ? actual[i] !== '' : part === actual[i]))
}

function queryProblems(operation: Operation, { query }: WireRequest): readonly string[] {
  const parameters = (operation.parameters ?? [])
    .map((parameter) => resolve(parameter))
    .filter((parameter) => parameter.in === 'query')
  const unknown = [...query.keys()].filter((name) => !parameters.some((parameter) => parameter.name === name))
  const missing = parameters.filter(({ name, required }) => required && !query.has(name))
  const wrong = parameters.filter(({ name, schema }) => {
    const value = query.get(name)
    return (
      value !== null &&
      !new Ajv({ strict: false, coerceTypes: true }).validate(
        { type: 'object', properties: { v: schema } },
        { v: value },
      )
    )
  })
  return [
    ...unknown.map((name) => `unknown parameter ${name}`),
    ...missing.map(({ name }) => `missing parameter ${name}`),
    ...wrong.map(({ name }) => `parameter ${name} cannot be ${query.get(name)}`),
  ]
}

function resolve(parameter: Parameter): Parameter {
  return parameter.$ref ? description.components.parameters[parameter.$ref.split('/').at(-1) ?? ''] : parameter
}

function bodyProblems(operation: Operation, pointer: string, { body }: WireRequest): readonly string[] {
  const schema = operation.requestBody?.content['application/json']?.schema
  if (!schema) return body === undefined ? [] : ['takes no body']
  if (body === undefined && !operation.requestBody?.required) return []
  const place = `${pointer}/requestBody/content/application~1json/schema`
  const validate = compiled.get(place) ?? ajv.compile({ $ref: place })
  compiled.set(place, validate)
  const properties = Object.keys(schema.properties ?? {})
  const unknown = properties.length ? Object.keys(Object(body)).filter((name) => !properties.includes(name)) : []
  const wrong = validate(body)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `body${instancePath} ${message}`)
  return [...wrong, ...unknown.map((name) => `body has an unknown property ${name}`)]
}

function encodePointer(template: string): string {
  return encodeURIComponent(template.replaceAll('~', '~0').replaceAll('/', '~1'))
}
