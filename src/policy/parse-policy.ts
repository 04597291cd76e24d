import { explainIssues } from './explain-issue.ts'
import type { PlainValue, TextFault } from './plain-value.ts'
import { type Fault, type PolicyProblem, pathText } from './policy-problem.ts'
import { type PolicyFileContent, policyFileSchema } from './policy-schema.ts'
import { type Position, positionsIn, readPolicyYaml } from './policy-yaml.ts'

/** Nobody mends more at once, and a hostile file could hold thousands. */
const MOST_PROBLEMS = 100

/** Where the deepest part of `path` that the file holds stands. */
export type Locate = (path: readonly PropertyKey[]) => Position

export type ParsedPolicyFile =
  | { readonly file: PolicyFileContent; readonly locate: Locate }
  | { readonly problems: readonly PolicyProblem[] }

/**
 * Reads one policy file, which a stranger may have written. Pure; never throws on any text.
 * @param path what problems call the file
 * @returns the file's content, or all its problems in file order (of more than 100, the first 100 and a count)
 */
export function parsePolicyFile(text: string, path: string): ParsedPolicyFile {
  const yaml = readPolicyYaml(text)
  const positionOf = positionsIn(text)
  if ('faults' in yaml) return { problems: report(yaml.faults.map(inText), positionOf, path) }
  const { document } = yaml
  const parsed = policyFileSchema.safeParse(document.value)
  const issues = parsed.error?.issues ?? []
  const faults = [
    ...document.faults.map(inText),
    ...inDocument(explainIssues(issues, document.value, policyFileSchema), document),
  ]
  if (parsed.success && faults.length === 0) {
    return { file: parsed.data, locate: (where) => positionOf(document.offsetOf(where, 'value')) }
  }
  return { problems: report(faults, positionOf, path) }
}

type PlacedFault = TextFault & Pick<Fault, 'suggestion'>

function inText(fault: TextFault): PlacedFault {
  return { ...fault, suggestion: null }
}

/** What the schema says of a value that could not be read is noise. */
function inDocument(faults: readonly Fault[], document: PlainValue): readonly PlacedFault[] {
  const read = faults.filter((fault) => document.isRead(fault.path))
  return read.map((fault) => ({ ...fault, offset: document.offsetOf(fault.path, fault.part) }))
}

function report(
  faults: readonly PlacedFault[],
  positionOf: (offset: number) => Position,
  file: string,
): readonly PolicyProblem[] {
  const ordered = [...faults].sort((left, right) => left.offset - right.offset)
  const shown = ordered.slice(0, MOST_PROBLEMS).map(({ offset, path, message, suggestion }) => {
    return { file, ...positionOf(offset), path: pathText(path), message, suggestion }
  })
  const next = ordered[MOST_PROBLEMS]
  if (next === undefined) return shown
  const message = `${ordered.length - MOST_PROBLEMS} more problems follow from here; mend the ones above first`
  return [...shown, { file, ...positionOf(next.offset), path: '', message, suggestion: null }]
}
