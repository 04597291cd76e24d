import type { CheckRun } from './check-run.ts'
import { prose } from './markdown-entry.ts'
import { type Memory, memoryLine } from './since-last.ts'

/** What is said on a pull request when there is no review to show. */
export interface Notice {
  readonly title: string
  /** Plain sentences: what, why, what to do next. */
  readonly sentences: readonly string[]
}

/** A notice as the body of a comment, with the same marker as a review has, and what the comment remembered until now. */
export function noticeComment({ title, sentences }: Notice, marker: string, last: Memory | null): string {
  return [
    `<!-- ${marker} -->\n${memoryLine(last)}### Airworthy: ${prose(title)}`,
    '',
    ...sentences.map((sentence) => `- ${prose(sentence)}`),
    '',
  ].join('\n')
}

/** A notice as a check run without marks at lines. */
export function noticeRun({ title, sentences }: Notice, conclusion: CheckRun['conclusion']): CheckRun {
  return {
    conclusion,
    title,
    summary: sentences.map((sentence) => `- ${prose(sentence)}`).join('\n'),
    annotations: [],
  }
}

/** A line under a review. */
export function noticeLine(sentence: string): string {
  return `\n${prose(sentence)}\n`
}

const MOST_PROBLEMS = 20

/** The team's policy cannot be used: nothing is reviewed under half a policy. `mends` when this change puts it right. */
export function policyNotice(problems: readonly string[], mends: boolean): Notice {
  const more = problems.length > MOST_PROBLEMS ? [`And ${problems.length - MOST_PROBLEMS} more.`] : []
  const next = mends
    ? 'This change mends it, and touches nothing else.'
    : 'Mend it in a change of its own; the open pull requests are reviewed then.'
  return {
    title: 'the policy is not valid',
    sentences: [
      'Nothing was reviewed, because the policy of the base branch has mistakes:',
      ...problems.slice(0, MOST_PROBLEMS),
      ...more,
      next,
    ],
  }
}

/** We failed. `message` is the error's first line. */
export function failureNotice(message: string, blocks: boolean): Notice {
  return {
    title: 'could not review',
    sentences: [
      message,
      blocks
        ? 'This is not a verdict on the change. It blocks until there is one, as the policy says (onError: block).'
        : 'This is not a verdict on the change. It blocks nothing: the policy only advises, or says onError: allow.',
      'Comment `/airworthy recheck` or re-run the check to try again.',
    ],
  }
}
