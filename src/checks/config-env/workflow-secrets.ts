import type { ConfigFactsOfChange } from '../../facts/config/config-facts.ts'
import type { Exposure } from '../define-check.ts'

/** Secrets and variables that a workflow newly takes from the settings of the repository, which nobody can see from here: never more than a reminder. */
export function newWorkflowSecrets(facts: ConfigFactsOfChange): readonly Exposure[] {
  const said = new Set<string>()
  return facts.files.flatMap(({ base, head }): readonly Exposure[] => {
    if (head?.kind.family !== 'workflow' || head.parsed.status !== 'parsed') return []
    const known = new Set(base?.parsed.status === 'parsed' ? base.parsed.references.map(({ name }) => name) : [])
    return head.parsed.references.flatMap(({ name, kind, line, optional }): readonly Exposure[] => {
      const where = kind === 'secret' ? 'secret' : kind === 'variable' ? 'variable' : null
      if (where === null || optional || name === 'GITHUB_TOKEN' || known.has(name) || said.has(name)) return []
      if ((facts.mentions.get(name) ?? []).some(({ at }) => at.path !== head.path)) return []
      said.add(name)
      return [
        {
          kind: 'workflow-secret-new',
          severity: 'low',
          at: { path: head.path, startLine: line, endLine: line, side: 'head' },
          says: `The workflow newly takes the ${where} \`${name}\` from the settings of the repository, where it must exist for every environment it runs in: without it, it is empty.`,
          remedy: `Set \`${name}\` on GitHub before the merge, and name it in a document.`,
          evidence: [],
          within: head.path,
          anchor: name,
        },
      ]
    })
  })
}
