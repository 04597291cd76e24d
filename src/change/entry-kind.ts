import type { EntryKind } from './change.ts'

/** What a git file mode says: '100755' → 'executable'. */
export function entryKind(mode: string): EntryKind {
  if (mode === '120000') return 'symlink'
  if (mode === '160000') return 'submodule'
  return mode === '100755' ? 'executable' : 'file'
}
