import type { Review, ReviewedExposure, Verdict } from '../review/review-types.ts'
import { visible } from './escape.ts'
import { formatMarkdown, type MarkdownOptions } from './markdown.ts'
import { headline, plural, viewItem } from './summary.ts'

export interface Annotation {
  readonly path: string
  /** 1-based, inclusive, in the head. */
  readonly startLine: number
  readonly endLine: number
  readonly level: 'notice' | 'warning' | 'failure'
  readonly title: string
  /** Plain text. */
  readonly message: string
}

/** What a check run says. Sizes are within GitHub's limits; the annotations may need several requests. */
export interface CheckRun {
  /** `neutral` satisfies a required check, as `success` does; `failure` blocks. */
  readonly conclusion: 'success' | 'neutral' | 'failure'
  readonly title: string
  /** Markdown. */
  readonly summary: string
  readonly annotations: readonly Annotation[]
}

const CONCLUSIONS = { pass: 'success', advise: 'neutral', fail: 'failure' } as const satisfies Record<Verdict, string>
/** GitHub takes 50 a request; more than this nobody reads, and the summary has them all. */
const MOST_ANNOTATIONS = 200
const MOST_TITLE = 250
const MOST_MESSAGE = 2000

/** The review as a check run: uncovered exposures of medium or more stand at their lines, worst first. */
export function checkRunOf(review: Review, options: MarkdownOptions = {}): CheckRun {
  const annotations = review.items.flatMap((item) =>
    viewItem(item).open.flatMap((exposure) => annotation(item.title, exposure)),
  )
  const shown = annotations.slice(0, MOST_ANNOTATIONS)
  const hidden = annotations.length - shown.length
  const more = hidden > 0 ? `\n<sub>${plural(hidden, 'more exposure')} without a mark at the lines.</sub>\n` : ''
  return {
    conclusion: CONCLUSIONS[review.verdict],
    title: cut(
      headline(review)
        .join(' · ')
        .replace(/^Airworthy: /, ''),
      MOST_TITLE,
    ),
    summary: formatMarkdown(review, options) + more,
    annotations: shown,
  }
}

function annotation(title: string, { at, level, says, remedy }: ReviewedExposure): readonly Annotation[] {
  if (at.side === 'base') return []
  const { path, startLine, endLine } = at
  return [
    {
      path,
      startLine,
      endLine,
      level: levelOf(level),
      title: cut(title, MOST_TITLE),
      message: cut(visible(`${says} To cover it: ${remedy}`), MOST_MESSAGE),
    },
  ]
}

function levelOf(level: ReviewedExposure['level']): Annotation['level'] {
  if (level === 'block') return 'failure'
  return level === 'warn' ? 'warning' : 'notice'
}

function cut(text: string, most: number): string {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}
