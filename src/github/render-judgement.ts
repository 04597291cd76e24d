import { type CheckRun, checkRunOf } from '../report/check-run.ts'
import { uriPath } from '../report/escape.ts'
import { formatMarkdown } from '../report/markdown.ts'
import type { MarkdownLinks } from '../report/markdown-entry.ts'
import { noticeComment, noticeLine, noticeRun, policyNotice } from '../report/notice.ts'
import type { Memory } from '../report/since-last.ts'
import type { Judgement, PolicyEdit } from './judgement.ts'
import type { Repository } from './repository.ts'

/** Marks our comment, together with its author. */
export const MARKER = 'airworthy:v1'

/** What goes to GitHub. */
export interface Rendered {
  /** Markdown. */
  readonly comment: string
  readonly run: CheckRun
}

/** A judgement as a comment and a check run. `webUrl` is 'https://github.com'; `last` is what the comment that is there remembers. */
export function renderJudgement(
  judgement: Judgement,
  webUrl: string,
  repository: Repository,
  last: Memory | null = null,
): Rendered {
  const edit = editLines(judgement.edit)
  if (judgement.kind === 'policy-problems') {
    // Else nobody could ever mend a broken policy where the check is required.
    const mends = judgement.onlyPolicy && judgement.edit?.kind === 'valid'
    const notice = policyNotice(judgement.problems, mends)
    return {
      comment: noticeComment(notice, MARKER, last) + edit,
      run: noticeRun(notice, mends ? 'neutral' : 'failure'),
    }
  }
  const { review } = judgement
  const links = linksTo(webUrl, repository)
  const run = checkRunOf(review, { links })
  return {
    comment: formatMarkdown(review, { links, marker: MARKER, last }) + edit,
    run: { ...run, summary: run.summary + edit },
  }
}

function editLines(edit: PolicyEdit | null): string {
  if (edit === null) return ''
  const judged = 'This change edits the policy. It was judged by the policy of the base branch'
  if (edit.kind === 'valid') return noticeLine(`${judged}; the new one is valid.`)
  if (edit.kind === 'removed') return noticeLine(`${judged}; without it Airworthy will only advise.`)
  return noticeLine(`${judged}; the new one is not valid: ${edit.problems.join(' ')}`)
}

function linksTo(webUrl: string, { owner, repo }: Repository): MarkdownLinks {
  return {
    blob: (path, sha, startLine, endLine) => {
      const lines = endLine > startLine ? `L${startLine}-L${endLine}` : `L${startLine}`
      return `${webUrl}/${owner}/${repo}/blob/${sha}/${uriPath(path)}#${lines}`
    },
  }
}
