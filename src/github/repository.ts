/** A repository on GitHub. */
export interface Repository {
  readonly owner: string
  readonly repo: string
}

/** Parses `OWNER/REPO`; null when it is not that. */
export function parseRepository(text: string): Repository | null {
  const match = /^([A-Za-z0-9][A-Za-z0-9_-]{0,38})\/([A-Za-z0-9._-]{1,100})$/.exec(text)
  return match?.[1] && match[2] ? { owner: match[1], repo: match[2] } : null
}
