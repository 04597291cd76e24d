import type { ConfigReference } from './config-entry.ts'
import type { ConfigFamily } from './config-family.ts'

const MAX_LINE = 4000

/** What a file of a family reads from elsewhere: `${X}` in Compose, `secrets.X` in workflows, `.Values.a.b` in a chart's templates. */
export function referencesOf(text: string, family: ConfigFamily): readonly ConfigReference[] {
  if (family === 'manifest') return objectReferences(text)
  const read =
    family === 'compose'
      ? composeReferences
      : family === 'workflow'
        ? workflowReferences
        : family === 'helm-template'
          ? chartReferences
          : family === 'spring'
            ? applicationReferences
            : null
  if (read === null) return []
  const conditional = family === 'helm-template' ? conditionalLines(text) : null
  const references = text
    .split('\n')
    .flatMap((line, index) => (line.length > MAX_LINE || /^\s*#/.test(line) ? [] : read(line, index + 1)))
  if (conditional === null) return references
  return references.map((one) => (conditional.has(one.line) ? { ...one, conditional: true } : one))
}

function composeReferences(line: string, at: number): readonly ConfigReference[] {
  const plain = line.replaceAll('$$', '  ')
  return [...plain.matchAll(/\$\{([A-Za-z_]\w{0,80})(:?[-?+])?|\$([A-Za-z_]\w{0,80})/g)].map((match) => ({
    name: match[1] ?? match[3] ?? '',
    line: at,
    // Which build runs is said by whoever starts it.
    optional: /[-+]/.test(match[2] ?? '') || /^\s*image:/.test(line),
    required:
      (match[2] ?? '').endsWith('?') ||
      endsAddress(plain.slice(0, match.index), plain.slice(match.index + match[0].length)),
    kind: 'variable',
  }))
}

/** `- "8080:${PORT}"`, `- data:${DIR}`: Compose stops where nothing stands behind the colon. */
function endsAddress(before: string, after: string): boolean {
  return /^\s*-\s*["']?[\w.:${}/-]{1,200}:$/.test(before) && /^\}?(?:\/(?:tcp|udp))?["']?\s*$/.test(after)
}

/** Spring stops at the start without a variable that has no default. Its own keys, in small letters, are no variables. */
function applicationReferences(line: string, at: number): readonly ConfigReference[] {
  return [...line.matchAll(/\$\{([A-Z][A-Z0-9_]{2,80})(:?)/g)].map((match) => ({
    name: match[1] ?? '',
    line: at,
    optional: match[2] === ':',
    kind: 'variable',
  }))
}

function workflowReferences(line: string, at: number): readonly ConfigReference[] {
  const found = line.matchAll(/\b(secrets|vars)\.([A-Za-z_]\w{0,80})(\s*\|\|)?/g)
  const references = [...found].map(
    (match): ConfigReference => ({
      name: match[2] ?? '',
      line: at,
      optional: match[3] !== undefined,
      kind: match[1] === 'secrets' ? 'secret' : 'variable',
    }),
  )
  if (/(?:uses:.*|run:.*|^\s*(?:npx )?)\bairworthy\b/.test(line))
    references.push({ name: 'airworthy', line: at, optional: false, kind: 'gate' })
  if (/\b(?:test|tests|lint|check|audit|scan)\b.*\|\|\s*(?:true|:|exit 0)\s*$/.test(line)) {
    references.push({ name: line.trim().replace(/\s+/g, ' '), line: at, optional: true, kind: 'ignored-failure' })
  }
  return references
}

/** `configMapKeyRef` and `secretKeyRef` with the lines under them, or in braces. */
function objectReferences(text: string): readonly ConfigReference[] {
  if (!text.includes('KeyRef')) return []
  const lines = text.split('\n').map((line) => line.slice(0, MAX_LINE))
  return lines.flatMap((line, index): readonly ConfigReference[] => {
    const opener = /^(\s*)(?:- )?(configMap|secret)KeyRef:(.*)$/.exec(line)
    if (opener === null) return []
    const indent = opener[1]?.length ?? 0
    const under = lines.slice(index + 1, index + 5)
    const end = under.findIndex((next) => next.search(/\S/) <= indent)
    const rows = [...(opener[3] ?? '').replace(/[{}]/g, '').split(','), ...(end < 0 ? under : under.slice(0, end))]
    const field = (wanted: string): string =>
      rows
        .map((row) => /^\s*([a-z]+):\s*["']?([\w./-]{1,100})["']?\s*(?:#.*)?$/.exec(row))
        .find((row) => row?.[1] === wanted)?.[2] ?? ''
    const [name, key] = [field('name'), field('key')]
    if (name === '' || key === '') return []
    const kind = opener[2] === 'secret' ? 'Secret' : 'ConfigMap'
    return [
      { name: `${kind} ${name} ${key}`, line: index + 1, optional: field('optional') === 'true', kind: 'object-key' },
    ]
  })
}

/** Lines that stand within an `if` on a value of the chart. */
function conditionalLines(text: string): ReadonlySet<number> {
  const found = new Set<number>()
  const open: boolean[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (open.includes(true)) found.add(index + 1)
    if (line.length > MAX_LINE) continue
    for (const [, word, rest] of line.matchAll(/\{\{-?\s*(if|with|range|define|block|end)\b([^{}]{0,400})/g)) {
      if (word === 'end') open.pop()
      else open.push(word === 'if' && (rest ?? '').includes('.Values.'))
    }
  }
  return found
}

/** Only a value that is printed plainly counts as needed: conditions, defaults and loops are allowed to find nothing. */
function chartReferences(line: string, at: number): readonly ConfigReference[] {
  const actions = line.matchAll(/\{\{-?\s*([^{}]{1,400}?)\s*-?\}\}/g)
  return [...actions].flatMap((action) => {
    const body = action[1] ?? ''
    const optional =
      /^(?:if|else|with|range|define|template|include|end)\b|\b(?:default|coalesce|ternary|required|hasKey|dig|empty|toYaml|and|or|not|lookup|tpl|kindIs|get)\b/.test(
        body,
      )
    return [...body.matchAll(/(?:^|[\s($])\$?\.Values\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*){0,12})/g)].map(
      (match): ConfigReference => ({ name: match[1] ?? '', line: at, optional, kind: 'chart-value' }),
    )
  })
}
