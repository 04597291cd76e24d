import type { ReviewRun } from '../../pipeline.ts'
import type { TerminalStyle } from './terminal.ts'

export const FORMATS = ['terminal', 'json', 'ndjson', 'markdown', 'sarif'] as const
export type Format = (typeof FORMATS)[number]

/** The review in a format. Only the code of that format is loaded. */
export async function formatReview(
  { review, lines }: ReviewRun,
  format: Format,
  terminal: TerminalStyle & { readonly verbose: boolean },
): Promise<string> {
  switch (format) {
    case 'terminal':
      return (await import('../../report/terminal.ts')).formatTerminal(review, { ...terminal, lines })
    case 'json':
      return (await import('../../report/json.ts')).formatJson(review)
    case 'ndjson':
      return (await import('../../report/json.ts')).formatNdjson(review)
    case 'markdown':
      return (await import('../../report/markdown.ts')).formatMarkdown(review)
    case 'sarif':
      return (await import('../../report/sarif.ts')).formatSarif(review)
  }
}
