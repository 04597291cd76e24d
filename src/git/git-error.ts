/** Git, or what it was asked for, is not there or not usable: one sentence for people, with what to do about it. */
export class GitError extends Error {}
