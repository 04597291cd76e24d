import { readFileSync } from 'node:fs'
import type { CheckId } from '../../src/checks/index.ts'
import type { Files } from './memory-source.ts'

export interface PageExample {
  readonly heading: string
  readonly path: string
  readonly before: Files
  readonly after: Files
}

/** The `diff` blocks of a check's page: each is a whole small file, and the path stands behind the word diff. */
export function pageExamples(id: CheckId): readonly PageExample[] {
  const page = readFileSync(new URL(`../../src/checks/${id}/README.md`, import.meta.url), 'utf8')
  return page.split(/^## /m).flatMap((section) => {
    const heading = section.slice(0, section.indexOf('\n'))
    return [...section.matchAll(/^```diff (\S+)\n([\s\S]*?)^```$/gm)].map(([, path = '', body = '']) => ({
      heading,
      path,
      before: { [path]: side(body, '-') },
      after: { [path]: side(body, '+') },
    }))
  })
}

function side(body: string, kept: '-' | '+'): string {
  const lines = body.split('\n').filter((line) => !line.startsWith(kept === '-' ? '+' : '-'))
  return lines.map((line) => line.slice(1)).join('\n')
}
