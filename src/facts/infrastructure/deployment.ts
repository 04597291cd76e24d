import type { ChangedFile } from '../../change/change.ts'
import type { InfrastructureChange } from './infrastructure-facts.ts'

interface Switch {
  readonly what: string
  readonly on: RegExp
  readonly off: RegExp
}

/** Settings by which a deployment goes back by itself, as a line of YAML. Sources: the manuals of Kubernetes, Argo Rollouts, SAM, ECS. */
const SWITCHES: readonly Switch[] = [
  {
    what: 'revisionHistoryLimit: 0',
    on: /^\s*revisionHistoryLimit:\s*[1-9]/,
    off: /^\s*revisionHistoryLimit:\s*0\s*(?:#|$)/,
  },
  {
    what: 'persistentVolumeReclaimPolicy: Delete',
    on: /^\s*persistentVolumeReclaimPolicy:\s*["']?Retain/,
    off: /^\s*persistentVolumeReclaimPolicy:\s*["']?Delete/,
  },
  { what: 'reclaimPolicy: Delete', on: /^\s*reclaimPolicy:\s*["']?Retain/, off: /^\s*reclaimPolicy:\s*["']?Delete/ },
  {
    what: 'DeletionPolicy: Delete',
    on: /^\s*DeletionPolicy:\s*["']?(?:Retain|Snapshot)/,
    off: /^\s*DeletionPolicy:\s*["']?Delete/,
  },
  {
    what: 'automatic rollback off',
    on: /^\s*(?:autoRollback|rollbackOnFailure|Rollback|rollback):\s*true\b/,
    off: /^\s*(?:autoRollback|rollbackOnFailure|Rollback|rollback):\s*false\b/,
  },
]

/** A switch that was on and is off now, or a canary that became a swap at once. Counted, so that a moved block is not new. */
export function lostWaysBack(file: ChangedFile, base: string, head: string | null): readonly InfrastructureChange[] {
  if (head === null) return []
  const before = base.split('\n')
  const after = head.split('\n')
  const count = (lines: readonly string[], pattern: RegExp): number =>
    lines.filter((line) => line.length < 300 && pattern.test(line)).length
  return SWITCHES.flatMap(({ what, on, off }): readonly InfrastructureChange[] => {
    const isOff = count(after, off) > count(before, off)
    const wasOn = count(after, on) < count(before, on) || what === 'revisionHistoryLimit: 0'
    if (!isOff || !wasOn) return []
    const line = after.findIndex((text) => text.length < 300 && off.test(text)) + 1
    const kind = /olicy/.test(what) ? 'protection-removed' : 'way-back-removed'
    return [{ file, kind, subject: file.path, what, side: 'head', line }]
  })
}

const VOLUMES = /^kind:\s*["']?(PersistentVolume|PersistentVolumeClaim|StatefulSet|Namespace)\b/

/** Objects of Kubernetes that hold data and are declared no more in this file. */
export function removedVolumes(file: ChangedFile, base: string, head: string | null): readonly InfrastructureChange[] {
  if (head !== null && !VOLUMES.test(base) && !base.includes('\nkind:')) return []
  const now = new Set(objectsOf(head ?? '').map((object) => object.subject))
  return objectsOf(base).flatMap((object) =>
    now.has(object.subject)
      ? []
      : [
          {
            file,
            kind: 'destroyed',
            subject: object.subject,
            what: 'no longer declared',
            side: 'base',
            line: object.line,
          },
        ],
  )
}

function objectsOf(text: string): readonly { readonly subject: string; readonly line: number }[] {
  const found: { subject: string; line: number }[] = []
  let kind: { name: string; line: number } | null = null
  let inMetadata = false
  text.split('\n').forEach((line, i) => {
    if (/^---/.test(line)) kind = null
    const match = VOLUMES.exec(line)
    if (match?.[1]) kind = { name: match[1], line: i + 1 }
    if (/^\S/.test(line)) inMetadata = /^metadata:/.test(line)
    const name = inMetadata ? /^ {1,4}name:\s*["']?([\w.-]+)/.exec(line)?.[1] : undefined
    if (kind !== null && name !== undefined) {
      found.push({ subject: `${kind.name} ${name}`, line: kind.line })
      kind = null
    }
  })
  return found
}
