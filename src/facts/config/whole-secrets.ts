import type { FileVersion } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import { configKind } from './config-family.ts'

/** Families whose files hand variables to a container. */
const FAMILIES = new Set(['manifest', 'helm-template', 'helm-values'])
/** Lines below `envFrom:` that say what is taken. */
const NEAR = 12
const SECRET = /^\s{0,80}(?:- )?(?:secretRef|secret):/

/**
 * A manifest takes variables that it does not name: `envFrom` with a `secretRef` of Kubernetes or a `secret` of NAIS, `kvPath` of its
 * Vault, `fasitResources` of its old registry.
 */
export function takesWholeSecret(files: readonly FileVersion[], contents: Contents): boolean {
  return files.some((file) => {
    if (!FAMILIES.has(configKind(file.path)?.family ?? '')) return false
    const text = contents.textOf(file)
    if (text === null || !/envFrom:|kvPath:|fasitResources:/.test(text)) return false
    const lines = text.split('\n')
    return lines.some((line, at) => {
      const start = line.slice(0, 200)
      if (/^\s{0,80}(?:- )?(?:kvPath|fasitResources):/.test(start)) return true
      return (
        /^\s{0,80}(?:- )?envFrom:/.test(start) &&
        lines.slice(at + 1, at + 1 + NEAR).some((near) => SECRET.test(near.slice(0, 200)))
      )
    })
  })
}
