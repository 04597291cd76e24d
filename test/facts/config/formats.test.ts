import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { configKind } from '../../../src/facts/config/config-family.ts'
import { parseConfig } from '../../../src/facts/config/parse-config.ts'

interface Format {
  /** A path by which the format is recognised. */
  readonly path: string
  readonly comment: string | null
  readonly render: (key: string, value: string) => string
  readonly wrap?: readonly [before: string, after: string]
  readonly separator?: string
  /** Segments before the key. */
  readonly prefix?: readonly string[]
}

const FORMATS: Readonly<Record<string, Format>> = {
  dotenv: { path: '.env.production', comment: '# note', render: (key, value) => `${key}=${value}` },
  'dotenv, exported and quoted': {
    path: '.env',
    comment: '# note',
    render: (key, value) => `export ${key}="${value}"`,
  },
  yaml: { path: 'config/production.yaml', comment: '# note', render: (key, value) => `${key}: ${value}` },
  'yaml of Compose': {
    path: 'docker-compose.yml',
    comment: '      # note',
    wrap: ['services:\n  web:\n    environment:\n', ''],
    prefix: ['services', 'web', 'environment'],
    render: (key, value) => `      - ${key}=${value}`,
  },
  'yaml of Kubernetes': {
    path: 'k8s/web.yaml',
    comment: '  # note',
    wrap: ['apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web-prod }\ndata:\n', ''],
    prefix: ['ConfigMap', 'web', 'data'],
    render: (key, value) => `  ${key}: '${value}'`,
  },
  'yaml within a ConfigMap': {
    path: 'k8s/web.yaml',
    comment: '    # note',
    wrap: ['apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web-prod }\ndata:\n  app.yml: |\n', ''],
    prefix: ['ConfigMap', 'web', 'data', 'app.yml'],
    render: (key, value) => `    ${key}: ${value}`,
  },
  'properties within a ConfigMap': {
    path: 'k8s/web.yaml',
    comment: '    # note',
    wrap: ['apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web-prod }\ndata:\n  app.properties: |\n', ''],
    prefix: ['ConfigMap', 'web', 'data', 'app.properties'],
    render: (key, value) => `    ${key}=${value}`,
  },
  'values of a chart within an Argo CD application': {
    path: 'argocd/web.yaml',
    comment: '      # note',
    wrap: ['spec:\n  helm:\n    values: |\n', ''],
    prefix: ['spec', 'helm', 'values'],
    render: (key, value) => `      ${key}: ${value}`,
  },
  'yaml of a chart': {
    path: 'charts/a/templates/a.yaml',
    comment: '{{- /* note */}}',
    render: (key, value) => `{{- if .Values.x }}\n${key}: ${value}\n{{- end }}`,
  },
  json: {
    path: 'config/production.json',
    comment: '// note',
    wrap: ['{\n', '\n}'],
    separator: ',\n',
    render: (key, value) => `  "${key}": "${value}"`,
  },
  toml: {
    path: 'config/production.toml',
    comment: '# note',
    wrap: ['[app]\n', ''],
    prefix: ['app'],
    render: (key, value) => `${key} = "${value}"`,
  },
  ini: {
    path: 'config/production.ini',
    comment: '; note',
    wrap: ['[app]\n', ''],
    prefix: ['app'],
    render: (key, value) => `${key} = ${value}`,
  },
  properties: { path: 'application-prod.properties', comment: '! note', render: (key, value) => `${key}: ${value}` },
  hcl: { path: 'infra/prod.tfvars', comment: '// note', render: (key, value) => `${key} = "${value}"` },
  'hcl of a resource': {
    path: 'infra/main.tf',
    comment: '/* note\n */',
    wrap: ['resource "a" "b" {\n', '\n}'],
    prefix: ['resource', 'a', 'b'],
    render: (key, value) => `  ${key} = "${value}"`,
  },
  dockerfile: {
    path: 'Dockerfile',
    comment: '# note',
    wrap: ['FROM a\n', ''],
    render: (key, value) => `ENV ${key}=${value}`,
  },
  xml: {
    path: 'Web.config',
    comment: '<!-- note -->',
    wrap: ['<configuration>\n', '\n</configuration>'],
    render: (key, value) => `<add key="${key}" value="${value}"/>`,
  },
  python: { path: 'app/settings/production.py', comment: '# note', render: (key, value) => `${key} = "${value}"` },
  ruby: {
    path: 'config/environments/production.rb',
    comment: '# note',
    wrap: ['Rails.application.configure do\n', '\nend'],
    render: (key, value) => `  config.${key.toLowerCase()} = "${value}"`,
  },
  php: {
    path: 'config/services.php',
    comment: '// note',
    wrap: ['<?php return [\n', '\n];'],
    separator: ',\n',
    render: (key, value) => `  '${key}' => '${value}'`,
  },
  javascript: {
    path: 'config/production.js',
    comment: '// note',
    wrap: ['module.exports = {\n', '\n}'],
    separator: ',\n',
    render: (key, value) => `  ${key}: '${value}'`,
  },
}

const key = fc.stringMatching(/^[A-Z][A-Z0-9]{1,6}_[A-Z0-9]{1,6}$/)
const value = fc.oneof(
  fc.integer({ min: 2, max: 9999 }).map(String),
  fc.constantFrom('https://a.acme.io/v1/', 'http://localhost:3000', '30s', '512Mi', 'info', 'some-words'),
)
const settings = fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, minLength: 1, maxLength: 12 })

function write(format: Format, pairs: readonly (readonly [string, string])[], noise: boolean): string {
  const [before, after] = format.wrap ?? ['', '']
  const lines = pairs.map(([name, raw]) =>
    noise && format.comment !== null ? `${format.comment}\n${format.render(name, raw)}` : format.render(name, raw),
  )
  return `${before}${lines.join(format.separator ?? '\n')}${after}\n`
}

function read(format: Format, text: string) {
  const kind = configKind(format.path)
  if (kind === null) throw new Error(`${format.path} is not recognised`)
  return parseConfig(text, kind, [])
}

/** What a file says, without lines and order. */
function meaning(format: Format, text: string): readonly string[] {
  const result = read(format, text)
  if (result.status !== 'parsed') return [result.status]
  return result.entries.map((entry) => `${entry.path.join('.')} ${JSON.stringify(entry.value)}`).toSorted()
}

describe.each(Object.entries(FORMATS))('%s', (_name, format) => {
  test('the reported line holds the key, and every key is there once', () => {
    fc.assert(
      fc.property(settings, fc.boolean(), (pairs, noise) => {
        const text = write(format, pairs, noise)
        const result = read(format, text)
        if (result.status !== 'parsed') throw new Error(JSON.stringify(result))
        const lines = text.split('\n')
        const own = result.entries.filter((entry) => /^[A-Z0-9]+_[A-Z0-9]+$/i.test(entry.path.at(-1) ?? ''))
        for (const entry of own)
          expect(lines[entry.line - 1]?.toUpperCase()).toContain(entry.path.at(-1)?.toUpperCase())
        const expected = pairs.map(([name]) => [...(format.prefix ?? []), name].join('.').toUpperCase()).toSorted()
        expect(own.map((entry) => entry.path.join('.').toUpperCase()).toSorted()).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })

  test('order and comments change nothing', () => {
    fc.assert(
      fc.property(settings, (pairs) => {
        expect(meaning(format, write(format, pairs.toReversed(), true))).toEqual(
          meaning(format, write(format, pairs, false)),
        )
      }),
      { numRuns: 15 },
    )
  })

  test('no text makes it throw', () => {
    const piece = fc.constantFrom(
      '{',
      '[',
      '"',
      "'",
      '`',
      '=',
      ':',
      '\n',
      '  ',
      '- ',
      '#',
      '<a>',
      '</',
      '{{',
      '}}',
      '<%',
      '&a',
      '*a',
      '<<: ',
      '\\',
      '\r\n',
      'KEY',
      '---\n',
      '"""',
      '/*',
      '\u0000',
      '\ud800',
      '__proto__',
      '|',
      '? ',
    )
    const mess = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
    )
    fc.assert(
      fc.property(mess, (text) => {
        expect(['parsed', 'broken', 'skipped']).toContain(read(format, text).status)
      }),
      { numRuns: 60 },
    )
  })
})

const DISTINCT = Object.entries(FORMATS).filter(([name]) => !/ of |,/.test(name))

describe.each(DISTINCT)('hostile %s', (_name, format) => {
  test.each([
    ['brackets', '[{('.repeat(60_000)],
    ['block lists', '- '.repeat(100_000)],
    ['complex keys', '? '.repeat(50_000)],
    ['indentation', Array.from({ length: 900 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['one long line', `KEY=${'a'.repeat(900_000)}`],
    ['ten megabytes', 'a = 1\n'.repeat(1_700_000)],
    [
      'aliases of aliases',
      `a: &a [x,x]\n${Array.from({ length: 24 }, (_, index) => `b${index}: &b${index} [*${index === 0 ? 'a' : `b${index - 1}`},*${index === 0 ? 'a' : `b${index - 1}`}]`).join('\n')}`,
    ],
    [
      'aliases of a file within a file',
      `app.yml: &a |\n${'  k: 1\n'.repeat(5_000)}b:\n${'  - app.yml: *a\n'.repeat(2_000)}`,
    ],
    ['quotes', '"'.repeat(100_000)],
    ['template actions', '{{ a }}'.repeat(40_000)],
    ['open template actions', '{{ '.repeat(100_000)],
    ['equals signs', '='.repeat(300_000)],
    ['open tags', '<a>'.repeat(60_000)],
    ['spaces', `a: ${' '.repeat(300_000)}b`],
  ])('answers soon on hostile text: %s', (_what, text) => {
    const start = performance.now()
    read(format, text)
    expect(performance.now() - start).toBeLessThan(8_000)
  })
})
