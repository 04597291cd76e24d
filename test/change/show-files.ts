import { type DiffFile, splitDiff } from '../../src/change/split-diff.ts'

export function filesOf(text: string): readonly DiffFile[] {
  const split = splitDiff(text)
  if ('problem' in split) throw new Error(`line ${split.line}: ${split.problem}`)
  return split.files
}

/** 'renamed old.ts → new.ts +1 -0' */
export function showFiles(text: string): string[] {
  return filesOf(text).map(({ status, base, head, binary, hunks }) => {
    const lines = hunks.flatMap((hunk) => hunk.lines)
    const [added, removed] = ['add', 'del'].map((kind) => lines.filter((line) => line.kind === kind).length)
    const names = base && head && base.path !== head.path ? `${base.path} → ${head.path}` : (head ?? base)?.path
    const kinds = [...new Set([base?.kind, head?.kind])].filter((kind) => kind !== undefined && kind !== 'file')
    return [status, names, `+${added} -${removed}`, ...kinds, ...(binary ? ['binary'] : [])].join(' ')
  })
}
