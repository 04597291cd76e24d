/** An XML element with what a changelog needs of it. */
export interface XmlElement {
  /** Without its namespace. */
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  /** Its own text, CDATA included. */
  readonly text: string
  /** 1-based line of its opening tag. */
  readonly line: number
}

interface Open {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  readonly line: number
  text: string
}

const MAX_DEPTH = 100

/** Reads XML in one pass. Tolerant: it wants elements and attributes, resolves no entity but the five, and never throws. */
export function readXml(source: string): readonly XmlElement[] {
  const root: Open = { name: '', attributes: new Map(), children: [], line: 1, text: '' }
  const stack: Open[] = [root]
  let at = 0
  let line = 1
  const advance = (to: number): string => {
    const passed = source.slice(at, to)
    for (const char of passed) if (char === '\n') line++
    at = to
    return passed
  }
  const endOf = (mark: string, from: number): number => {
    const found = source.indexOf(mark, from)
    return found < 0 ? source.length : found + mark.length
  }
  while (at < source.length) {
    const top = stack.at(-1) ?? root
    const next = source.indexOf('<', at)
    top.text += decode(advance(next < 0 ? source.length : next))
    if (next < 0) break
    if (source.startsWith('<!--', at)) advance(endOf('-->', at))
    else if (source.startsWith('<![CDATA[', at)) top.text += advance(endOf(']]>', at)).slice(9, -3)
    else if (/^<[!?]/.test(source.slice(at, at + 2))) advance(endOf('>', at))
    else if (source.startsWith('</', at)) {
      advance(endOf('>', at))
      if (stack.length > 1) close(stack)
    } else {
      const started = line
      const tag = advance(tagEnd(source, at))
      const name = /^<(?:[\w.-]+:)?([\w.-]+)/.exec(tag)?.[1] ?? ''
      const open: Open = { name, attributes: attributesOf(tag), children: [], line: started, text: '' }
      stack.push(open)
      if (tag.endsWith('/>') || stack.length > MAX_DEPTH) close(stack)
    }
  }
  while (stack.length > 1) close(stack)
  return root.children
}

function close(stack: Open[]): void {
  const done = stack.pop()
  if (done !== undefined) stack.at(-1)?.children.push(done)
}

/** End of a tag: the first `>` outside quotes. */
function tagEnd(source: string, from: number): number {
  let quote = ''
  for (let i = from; i < source.length; i++) {
    const char = source.charAt(i)
    if (quote !== '') quote = char === quote ? '' : quote
    else if (char === '"' || char === "'") quote = char
    else if (char === '>') return i + 1
  }
  return source.length
}

function attributesOf(tag: string): ReadonlyMap<string, string> {
  const found = tag.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)
  return new Map([...found].map((match) => [match[1] ?? '', decode(match[2] ?? match[3] ?? '')]))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
}

function decode(text: string): string {
  return text.replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity)
}
