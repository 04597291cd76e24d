/** `npx tsx scripts/comment-page.ts page.html [dark]`: the comments of the sample reviews as a page that looks like GitHub's, to be looked at. */
import { writeFileSync } from 'node:fs'
import markdownIt from 'markdown-it'
import { uriPath } from '../src/report/escape.ts'
import { formatMarkdown } from '../src/report/markdown.ts'
import { remember } from '../src/report/since-last.ts'
import * as reviews from '../test/report/named-reviews.ts'
import { HOSTILE_PATH, HOSTILE_TEXT, sampleExposure, sampleItem, sampleReview } from '../test/support/sample-review.ts'

/** After GitHub's colours and sizes. */
const STYLE = `
:root { --fg: #1f2328; --bg: #fff; --soft: #59636e; --line: #d1d9e0; --code: #818b981f; --link: #0969da }
[data-theme=dark] { --fg: #f0f6fc; --bg: #0d1117; --soft: #9198a1; --line: #3d444d; --code: #656c7633; --link: #4493f8 }
body { margin: 16px; color: var(--fg); background: var(--bg); font: 14px/1.5 -apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif }
h6 { margin: 24px 0 4px; color: var(--soft); font-size: 12px }
article { max-width: 860px; padding: 16px; border: 1px solid var(--line); border-radius: 6px; overflow-wrap: break-word }
article > :last-child { margin-bottom: 0 } article > :first-child { margin-top: 0 }
h3 { font-size: 1.25em; margin: 24px 0 16px } h4 { font-size: 1em; margin: 24px 0 16px }
p, ul, table, details { margin: 0 0 16px } ul { padding-left: 2em } .task { list-style: none } .task input { margin: 0 .2em .25em -1.4em; vertical-align: middle }
a { color: var(--link) } code { padding: .2em .4em; font: 85% ui-monospace, monospace; background: var(--code); border-radius: 6px; white-space: break-spaces }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse } th, td { padding: 6px 13px; border: 1px solid var(--line) }`

const [, , target = 'comment-page.html', theme = 'light'] = process.argv
const table = {
  columns: ['key', 'production', 'staging'],
  rows: [
    {
      key: 'PAYMENT_TIMEOUT',
      cells: [
        { text: '30', odd: false },
        { text: 'missing', odd: true },
      ],
    },
  ],
  more: 3,
}
const hostile = sampleExposure({
  says: HOSTILE_TEXT,
  remedy: HOSTILE_TEXT,
  at: { path: HOSTILE_PATH, startLine: 1, endLine: 2, side: 'head' },
})
const shown = {
  ...reviews,
  table: sampleReview([sampleItem([sampleExposure()], { table })]),
  hostile: sampleReview([sampleItem([hostile])]),
}
const earlier = remember(null, {
  ...reviews.oneExposed,
  change: { ...reviews.quiet.change, head: 'abc1234'.padEnd(40, '0') },
})

/** In comments, unlike in files, GitHub makes every line end a break. */
const markdown = markdownIt({ html: true, linkify: true, breaks: true })
const comments = Object.entries(shown).flatMap(([name, review]) => {
  if (typeof review === 'function') return []
  const text = formatMarkdown(review, {
    marker: 'airworthy:v1',
    last: earlier,
    links: { blob: (path) => `https://github.example/${uriPath(path)}` },
  })
  return [`<h6>${name}</h6><article>${withBoxes(markdown.render(text))}</article>`]
})
writeFileSync(target, page(comments.join('\n')))

/** GitHub draws task lists; the plain rules do not. */
function withBoxes(html: string): string {
  return html.replace(
    /<li>\[([ x])\] /g,
    (_, mark) => `<li class="task"><input type="checkbox" disabled${mark === 'x' ? ' checked' : ''}> `,
  )
}

function page(body: string): string {
  return `<!doctype html><html data-theme="${theme}"><meta charset="utf-8"><style>${STYLE}</style><body>${body}</body></html>\n`
}
