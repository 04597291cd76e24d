import { describe, expect, test } from 'vitest'
import { formatTerminal } from '../../src/report/terminal.ts'
import type { TerminalOptions } from '../../src/report/terminal-sheet.ts'
import type { Review } from '../../src/review/review-types.ts'
import * as reviews from './named-reviews.ts'

function show(review: Review, options: Partial<TerminalOptions> = {}): string {
  return formatTerminal(review, { width: 80, color: false, unicode: true, lines: reviews.refundLines, ...options })
}

describe('the terminal report', () => {
  test('is one line when there is nothing to say', () => {
    expect(show(reviews.quiet)).toMatchInlineSnapshot(`
      "Airworthy: pass · nothing exposed in 12 files (+340 -25)
      "
    `)
  })
  test('is one line when no check applies', () => {
    expect(show(reviews.nothingApplies)).toMatchInlineSnapshot(`
      "Airworthy: pass · no check applies to 12 files (+340 -25)
      "
    `)
  })
  test('is one line when all there is is low', () => {
    expect(show(reviews.onlyLow)).toMatchInlineSnapshot(`
      "Airworthy: pass · nothing to raise in 12 files · 1 low · confidence 99.5
      "
    `)
  })
  test('shows one exposed error path', () => {
    expect(show(reviews.oneExposed)).toMatchInlineSnapshot(`
      "Airworthy: fail · evidence 0 of 1 · confidence 88
      error-paths: 1 exposure has no evidence

      ✗ error-paths: 1 of 1 exposures have no evidence (blocks)

        high  src/orders/refund.ts:41  costs 12
        When \`provider.refund\` fails, \`refund\` answers as if it had worked; no test of
        it was found
          39 │     try {
          40 │         await provider.refund(orderId, { idempotencyKey: \`refund-\` + o…
        › 41 │     } catch (error) {
        › 42 │         logger.warn({ error }, 'refund failed') // 退款失败
        › 43 │         return { status: 200 }
          44 │     }
          45 │     return { status: 200 }
        To cover it: Add a test that makes \`provider.refund\` reject and asserts what
        \`refund\` does then

      Policy: preset recommended.
      How a check decides: airworthy explain error-paths
      "
    `)
  })
  test('folds what is covered', () => {
    expect(show(reviews.allCovered)).toMatchInlineSnapshot(`
      "Airworthy: pass · evidence 1 of 1 · confidence 100

      ✓ error-paths: All exposures are covered
        ✓ src/orders/charge.ts:18  test: test/orders/refund.test.ts:33

      Policy: preset recommended.
      "
    `)
  })
  test('shows two checks of which one blocks', () => {
    expect(show(reviews.twoChecksFail)).toMatchInlineSnapshot(`
      "Airworthy: fail · evidence 1 of 4 · 1 low · confidence 62.7
      error-paths: 2 exposures have no evidence
      confidence 62.7 is below the policy's 80

      ✗ error-paths: 3 of 4 exposures have no evidence (blocks)

        critical  src/orders/refund.ts:42 (removed)  costs 25
        When \`provider.refund\` fails, \`refund\` no longer reports it; no test of it was
        found
          40 │         await provider.refund(orderId, { idempotencyKey: \`refund-\` + o…
          41 │     } catch (error) {
        - 42 │         logger.warn({ error }, 'refund failed') // 退款失败
          43 │         return { status: 200 }
          44 │     }
        To cover it: Report the failure again, or add a test that asserts who does

        high  src/orders/refund.ts:41  costs 12
        When \`provider.refund\` fails, \`refund\` answers as if it had worked; no test of
        it was found
          39 │     try {
          40 │         await provider.refund(orderId, { idempotencyKey: \`refund-\` + o…
        › 41 │     } catch (error) {
        › 42 │         logger.warn({ error }, 'refund failed') // 退款失败
        › 43 │         return { status: 200 }
          44 │     }
          45 │     return { status: 200 }
        To cover it: Add a test that makes \`provider.refund\` reject and asserts what
        \`refund\` does then

        ✓ src/orders/charge.ts:18  test: test/orders/refund.test.ts:33
        1 low exposure

      ✗ feature-flag: 1 of 1 exposures have no evidence

        medium  src/routes/refunds.ts:9  costs 4.5
        The new route \`POST /refunds\` is open to everyone as soon as this is deployed
        To cover it: Put it behind a flag

      ✓ resilience: No outbound call was added

      Not looked at
        Ruby is not supported yet (4 files)
          app/a.rb
          app/b.rb
          app/c.rb
          … and 1 more
        The listing of the repository was cut off: tests may have been missed
        src/schema.ts: larger than 2 MB

      Not applicable: rollback. Off: monitoring. Policy: preset recommended.
      How a check decides: airworthy explain error-paths
      "
    `)
  })
  test('shows the same narrow, in ASCII, verbose', () => {
    expect(show(reviews.twoChecksFail, { width: 50, unicode: false, verbose: true })).toMatchInlineSnapshot(`
      "Airworthy: fail, evidence 1 of 4, 1 low,
      confidence 62.7
      error-paths: 2 exposures have no evidence
      confidence 62.7 is below the policy's 80

      x error-paths: 3 of 4 exposures have no evidence
        (blocks)

        critical  src/orders/refund.ts:42 (removed)  costs 25
        When \`provider.refund\` fails, \`refund\` no longer
        reports it; no test of it was found
          40 |         await provider.refund(orderId,...
          41 |     } catch (error) {
        - 42 |         logger.warn({ error }, 'refund...
          43 |         return { status: 200 }
          44 |     }
        To cover it: Report the failure again, or add a
        test that asserts who does

        high  src/orders/refund.ts:41  costs 12
        When \`provider.refund\` fails, \`refund\` answers
        as if it had worked; no test of it was found
          39 |     try {
          40 |         await provider.refund(orderId,...
        > 41 |     } catch (error) {
        > 42 |         logger.warn({ error }, 'refund...
        > 43 |         return { status: 200 }
          44 |     }
          45 |     return { status: 200 }
        To cover it: Add a test that makes
        \`provider.refund\` reject and asserts what
        \`refund\` does then

        + src/orders/charge.ts:18  test: test/orders/...
        1 low exposure
        - src/orders/find.ts:12  \`find\` passes the fa...

      x feature-flag: 1 of 1 exposures have no evidence

        medium  src/routes/refunds.ts:9  costs 4.5
        The new route \`POST /refunds\` is open to
        everyone as soon as this is deployed
        To cover it: Put it behind a flag

      + resilience: No outbound call was added
      - rollback: not applicable: no migration in this
        change
      - monitoring: off

      Not looked at
        Ruby is not supported yet (4 files)
          app/a.rb
          app/b.rb
          app/c.rb
          app/d.rb
        The listing of the repository was cut off: tests
        may have been missed
        src/schema.ts: larger than 2 MB

      Policy: preset recommended.
      How a check decides: airworthy explain error-paths
      "
    `)
  })
  test('never calls clean what could not be looked at', () => {
    expect(show(reviews.unknown)).toMatchInlineSnapshot(`
      "Airworthy: fail · 1 check could not look · nothing else exposed in 12 files
      config-env: could not look: the tree of the head could not be listed

      ✓ error-paths: No error path was added or changed
      ? config-env: could not look: the tree of the head could not be listed (blocks)

      Policy: preset recommended.
      "
    `)
  })
  test('says that a check failed, and goes on', () => {
    expect(show(reviews.failedCheck)).toMatchInlineSnapshot(`
      "Airworthy: pass · 1 check could not look · nothing else exposed in 12 files

      ✓ error-paths: No error path was added or changed
      ? config-env: the check failed: TypeError: path is undefined

      Policy: preset recommended.
      "
    `)
  })
  test('says that advice blocks nothing', () => {
    expect(show(reviews.advise, { lines: () => null })).toMatchInlineSnapshot(`
      "Airworthy: advise · evidence 0 of 1 · confidence 88
      Advise mode: this verdict blocks nothing.

      ✗ error-paths: 1 of 1 exposures have no evidence

        high  src/orders/refund.ts:41  costs 12
        When \`provider.refund\` fails, \`refund\` answers as if it had worked; no test of
        it was found
        To cover it: Add a test that makes \`provider.refund\` reject and asserts what
        \`refund\` does then

      Policy: preset recommended.
      How a check decides: airworthy explain error-paths
      "
    `)
  })
})
