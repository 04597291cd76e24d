import { SaxesParser } from 'saxes'

/** An element of a changelog, whatever it is written in. */
export interface Element {
  /** Without its namespace. */
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Element[]
  /** Its own text, CDATA included. */
  readonly text: string
  /** 1-based line of its opening tag. */
  readonly line: number
}

interface Open {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Element[]
  readonly line: number
  text: string
}

const MAX_DEPTH = 100

/** Elements of an XML text. Never throws: where it is not well-formed, what stands before and after is still read. */
export function readXml(source: string): readonly Element[] {
  const parser = new SaxesParser()
  const roots: Element[] = []
  const open: Open[] = []
  let line = 1
  parser.on('error', () => {})
  parser.on('opentagstart', () => {
    line = parser.line
  })
  parser.on('opentag', (tag) => {
    const name = tag.name.slice(tag.name.indexOf(':') + 1)
    open.push({ name, attributes: new Map(Object.entries(tag.attributes)), children: [], line, text: '' })
  })
  const append = (text: string): void => {
    const element = open.at(-1)
    if (element !== undefined) element.text += text
  }
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', () => {
    const element = open.pop()
    if (element !== undefined && open.length < MAX_DEPTH) (open.at(-1)?.children ?? roots).push(element)
  })
  parser.write(source).close()
  return roots
}
