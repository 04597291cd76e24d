import { unquotePath } from './unquote-path.ts'

/** A name as a `---`, `+++`, `rename` or `copy` line gives it: quoted, or up to the tab before its time. */
export function readName(text: string): string {
  return unquotePath(text)?.path ?? text.split('\t', 1)[0] ?? ''
}

/**
 * The path in `diff --git a/PATH b/PATH`, which no space divides for sure: the two halves must be the same path behind
 * prefixes of the same length, or without any. Null for a rename and for names that differ.
 */
export function sameNameOf(names: string): string | null {
  const quoted = unquotePath(names)
  const cut = quoted ? quoted.length : (names.length - 1) / 2
  if (names[cut] !== ' ') return null
  const base = quoted ? quoted.path : names.slice(0, cut)
  const rest = names.slice(cut + 1)
  const head = unquotePath(rest)?.path ?? rest
  if (base === head) return base
  const path = withoutFirstFolder(base)
  return path !== '' && path === withoutFirstFolder(head) ? path : null
}

/**
 * The path that `--- OLD` and `+++ NEW` mean: the part they share, so that `a/` and `b/`, `old/` and `new/`, or no
 * prefix at all come out right. Without a shared part, the new name.
 */
export function sharedPath(base: string | null, head: string | null): string {
  if (base === null || head === null) return withoutSidePrefix(head ?? base ?? '', head === null ? 'a/' : 'b/')
  if (base === head) return base
  const [old, young] = [base.split('/'), head.split('/')]
  let shared = 0
  while (shared < Math.min(old.length, young.length) - 1 && old.at(-1 - shared) === young.at(-1 - shared)) shared++
  return shared === 0 ? withoutSidePrefix(head, 'b/') : young.slice(-shared).join('/')
}

/** A path inside the repository with forward slashes, or null when it points outside or nowhere. */
export function repositoryPath(name: string): string | null {
  const path = name.replace(/^(?:\.?\/)+/, '')
  const parts = path.split('/')
  return parts.some((part) => part === '' || part === '.' || part === '..') ? null : path
}

function withoutFirstFolder(name: string): string {
  return name.slice(name.indexOf('/') + 1)
}

function withoutSidePrefix(name: string, prefix: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name
}
