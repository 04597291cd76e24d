import type { Change } from './change.ts'

/** Characters. */
const MAX = 4_000

/** What a person wrote below a title: without the hints of a template, which nobody sees, and cut at 4,000 characters. */
export function descriptionIn(body: string): Pick<Change, 'description'> {
  const description = body
    .slice(0, MAX * 4)
    .replace(/\r\n/g, '\n')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .trim()
    .slice(0, MAX)
  return description === '' ? {} : { description }
}
