/** What decides whether a required check works in a repository. Parts that the token may not see are null. */
export interface RepositorySetup {
  readonly name: string
  readonly branch: string
  /** Rules of rulesets that hold on the branch. */
  readonly rules: BranchRules | null
  /** Classic branch protection; null when the token is not an administrator's. */
  readonly protection: Protection | null
  /** Text of the policy on the branch; null when there is none. */
  readonly hasPolicy: boolean
  /** Who posted our check on recent heads. */
  readonly posters: readonly Poster[]
  readonly workflows: readonly WorkflowUse[]
}

/** A check that must pass. `appId` is null when any App, and anyone with write access, may set it. */
export interface RequiredCheck {
  readonly context: string
  readonly appId: number | null
}

export interface BranchRules {
  readonly required: readonly RequiredCheck[]
  readonly mergeQueue: boolean
}

export type Protection =
  | { readonly protected: false }
  | { readonly protected: true; readonly required: readonly RequiredCheck[] }

export interface Poster {
  readonly appId: number
  readonly slug: string
}

/** A job of a workflow that uses the Action. */
export interface WorkflowUse {
  readonly path: string
  readonly job: string
  /** The name that branch protection sees. */
  readonly checkName: string
  readonly events: readonly string[]
  /** Branch or path filters make GitHub skip the workflow, and a required check then waits for ever. */
  readonly filtered: boolean
  /** Scope by scope, of the job or else the workflow; null when neither says any. */
  readonly permissions: Readonly<Record<string, string>> | null
  readonly conditional: boolean
}
