import type { ChangeSource } from '../change/change-source.ts'
import type { Labels } from '../policy/policy.ts'
import type { Review } from '../review/review-types.ts'

/** What a change makes of the policy that it is judged by. */
export type PolicyEdit =
  | { readonly kind: 'valid' }
  | { readonly kind: 'removed' }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }

/** A review, or why there is none: the team's policy is not valid. */
export type Judgement =
  | {
      readonly kind: 'review'
      readonly review: Review
      readonly edit: PolicyEdit | null
      /** The labels that the policy names. */
      readonly labels: Labels
    }
  | {
      readonly kind: 'policy-problems'
      /** One line each, with file and place. */
      readonly problems: readonly string[]
      readonly edit: PolicyEdit | null
      /** The change touches nothing else. */
      readonly onlyPolicy: boolean
    }

/** The engine as the adapters see it. The policy is that of the source's base. */
export type Judge = (source: ChangeSource) => Promise<Judgement>

/** What our own failure means, by the policy of the base. */
export type FailureMeans = (source: Pick<ChangeSource, 'readPolicyFile'>) => Promise<'block' | 'allow'>
