import { describe, expect, test } from 'vitest'
import { uriPath } from '../../src/report/escape.ts'
import { formatMarkdown } from '../../src/report/markdown.ts'
import type { MarkdownLinks } from '../../src/report/markdown-entry.ts'
import * as reviews from './named-reviews.ts'

const links: MarkdownLinks = {
  blob: (path, sha, startLine, endLine) =>
    `https://github.example/acme/web/blob/${sha.slice(0, 7)}/${uriPath(path)}#L${startLine}-L${endLine}`,
  page: (id) => `https://docs.example/${id}`,
}

describe('the Markdown report', () => {
  test('is one line when there is nothing to say', () => {
    expect(formatMarkdown(reviews.quiet, { links })).toMatchInlineSnapshot(`
      "**Airworthy: pass** · nothing exposed in 12 files (+340 -25)
      "
    `)
  })
  test('is one line and a fold when all there is is low', () => {
    expect(formatMarkdown(reviews.onlyLow)).toMatchInlineSnapshot(`
      "**Airworthy: pass** · nothing to raise in 12 files · 1 low · confidence 99.5

      <details>
      <summary>1 low exposure</summary>

      - \`src/orders/find.ts:12\`: \`find\` passes the failure on; no test of it was found

      </details>
      "
    `)
  })
  test('shows one exposed error path', () => {
    expect(formatMarkdown(reviews.oneExposed)).toMatchInlineSnapshot(`
      "### Airworthy: fail · evidence 0 of 1 · confidence 88

      error-paths: 1 exposure has no evidence

      - [ ] **Changed error paths are tested**: 1 of 1 exposures have no evidence (blocks)

      #### error-paths · 1 needs evidence

      **high** · \`src/orders/refund.ts:41-43\` · costs 12\\
      When \`provider.refund\` fails, \`refund\` answers as if it had worked; no test of it was found\\
      **To cover it:** Add a test that makes \`provider.refund\` reject and asserts what \`refund\` does then

      <sub>\`2222222\` · policy: preset recommended · airworthy 0.1.0</sub>
      "
    `)
  })
  test('folds what is covered', () => {
    expect(formatMarkdown(reviews.allCovered)).toMatchInlineSnapshot(`
      "### Airworthy: pass · evidence 1 of 1 · confidence 100

      - [x] **Changed error paths are tested**: All exposures are covered

      <details>
      <summary>1 with evidence</summary>

      - \`src/orders/charge.ts:18-20\`: \`charge\` now fails with \`CardDeclined\`; a test covers it\\
        test \`test/orders/refund.test.ts:33-41\`: "refund › answers 502 when the provider fails" makes \`provider.refund\` reject and asserts 502

      </details>

      <sub>\`2222222\` · policy: preset recommended · airworthy 0.1.0</sub>
      "
    `)
  })
  test('shows two checks of which one blocks, with links', () => {
    expect(formatMarkdown(reviews.twoChecksFail, { links, marker: 'airworthy:v1 pr=12' })).toMatchInlineSnapshot(`
      "<!-- airworthy:v1 pr=12 -->
      ### Airworthy: fail · evidence 1 of 4 · 1 low · confidence 62.7

      error-paths: 2 exposures have no evidence\\
      confidence 62.7 is below the policy's 80

      - [ ] **[Changed error paths are tested](https://docs.example/error-paths)**: 3 of 4 exposures have no evidence (blocks)
      - [ ] **[New behaviour can be switched off](https://docs.example/feature-flag)**: 1 of 1 exposures have no evidence
      - [x] **[Calls can fail safely](https://docs.example/resilience)**: No outbound call was added
      - [x] **[The change can be rolled back](https://docs.example/rollback)**: not applicable: no migration in this change

      #### error-paths · 2 need evidence

      **critical** · [\`src/orders/refund.ts:42 (removed)\`](https://github.example/acme/web/blob/3333333/src/orders/refund.ts#L42-L42) · costs 25\\
      When \`provider.refund\` fails, \`refund\` no longer reports it; no test of it was found\\
      **To cover it:** Report the failure again, or add a test that asserts who does

      **high** · [\`src/orders/refund.ts:41-43\`](https://github.example/acme/web/blob/2222222/src/orders/refund.ts#L41-L43) · costs 12\\
      When \`provider.refund\` fails, \`refund\` answers as if it had worked; no test of it was found\\
      **To cover it:** Add a test that makes \`provider.refund\` reject and asserts what \`refund\` does then

      #### feature-flag · 1 needs evidence

      **medium** · [\`src/routes/refunds.ts:9\`](https://github.example/acme/web/blob/2222222/src/routes/refunds.ts#L9-L9) · costs 4.5\\
      The new route \`POST /refunds\` is open to everyone as soon as this is deployed\\
      **To cover it:** Put it behind a flag

      <details>
      <summary>1 with evidence</summary>

      - [\`src/orders/charge.ts:18-20\`](https://github.example/acme/web/blob/2222222/src/orders/charge.ts#L18-L20): \`charge\` now fails with \`CardDeclined\`; a test covers it\\
        test [\`test/orders/refund.test.ts:33-41\`](https://github.example/acme/web/blob/2222222/test/orders/refund.test.ts#L33-L41): "refund › answers 502 when the provider fails" makes \`provider.refund\` reject and asserts 502

      </details>

      <details>
      <summary>1 low exposure</summary>

      - [\`src/orders/find.ts:12\`](https://github.example/acme/web/blob/2222222/src/orders/find.ts#L12-L12): \`find\` passes the failure on; no test of it was found

      </details>

      <details>
      <summary>Not looked at (5 files, 3 reasons)</summary>

      - Ruby is not supported yet (4 files): \`app/a.rb\`, \`app/b.rb\`, \`app/c.rb\`, \`app/d.rb\`
      - The listing of the repository was cut off: tests may have been missed
      - larger than 2 MB: \`src/schema.ts\`

      </details>

      <sub>\`2222222\` · policy: preset recommended · airworthy 0.1.0</sub>
      "
    `)
  })
  test('never calls clean what could not be looked at', () => {
    expect(formatMarkdown(reviews.unknown)).toMatchInlineSnapshot(`
      "### Airworthy: fail · 1 check could not look · nothing else exposed in 12 files

      config-env: could not look: the tree of the head could not be listed

      - [x] **Changed error paths are tested**: No error path was added or changed
      - [ ] **Configuration is complete in every environment**: could not look: the tree of the head could not be listed (blocks)

      <sub>\`2222222\` · policy: preset recommended · airworthy 0.1.0</sub>
      "
    `)
  })
  test('says that a check failed, and goes on', () => {
    expect(formatMarkdown(reviews.failedCheck)).toMatchInlineSnapshot(`
      "### Airworthy: pass · 1 check could not look · nothing else exposed in 12 files

      - [x] **Changed error paths are tested**: No error path was added or changed
      - [ ] **Configuration is complete in every environment**: the check failed: TypeError: path is undefined

      <sub>\`2222222\` · policy: preset recommended · airworthy 0.1.0</sub>
      "
    `)
  })
  test('says that advice blocks nothing', () => {
    expect(formatMarkdown(reviews.advise)).toMatchInlineSnapshot(`
      "### Airworthy: advise · evidence 0 of 1 · confidence 88

      Advise mode: this verdict blocks nothing.

      - [ ] **Changed error paths are tested**: 1 of 1 exposures have no evidence

      #### error-paths · 1 needs evidence

      **high** · \`src/orders/refund.ts:41-43\` · costs 12\\
      When \`provider.refund\` fails, \`refund\` answers as if it had worked; no test of it was found\\
      **To cover it:** Add a test that makes \`provider.refund\` reject and asserts what \`refund\` does then

      <sub>\`2222222\` · policy: preset recommended · airworthy 0.1.0</sub>
      "
    `)
  })
})
