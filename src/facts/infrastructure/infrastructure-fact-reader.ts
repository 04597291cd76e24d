import type { Change, ChangedFile } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import type { FactReader } from '../fact-reader.ts'
import { lostWaysBack, removedVolumes } from './deployment.ts'
import type { InfrastructureChange } from './infrastructure-facts.ts'
import { replacedBy } from './replaced.ts'
import { holdsData, lostProtections, readTerraform, type TerraformBlock } from './terraform.ts'
import { storesIn } from './variables.ts'

/** Infrastructure that goes away, or loses what kept it, as far as the changed files say. */
export function infrastructureFactReader(): FactReader<'infrastructure'> {
  return {
    need: 'infrastructure',
    changed: (change) =>
      change.files
        .filter(isInfrastructure)
        .flatMap((file) => [file.base, file.head].filter((version) => version !== null)),
    candidates: () => [],
    prepare: async () => {},
    extract(change, contents) {
      const files = change.files.filter(isInfrastructure)
      const changes = [
        ...terraformChanges(files, contents),
        ...variableChanges(files, contents),
        ...deploymentChanges(change, contents),
      ]
      return { facts: { changes, files: files.length }, notes: [] }
    },
  }
}

function isInfrastructure(file: ChangedFile): boolean {
  return (
    (isTerraform(file) || isVariables(file) || isDeployment(file)) &&
    !file.binary &&
    file.role !== 'test' &&
    file.role !== 'vendored' &&
    file.role !== 'docs'
  )
}

function isTerraform(file: ChangedFile): boolean {
  return /\.(?:tf|tofu)$/.test(file.path) && !/(?:^|\/)(?:examples?|tests?|fixtures?)\//.test(file.path)
}

function isVariables(file: ChangedFile): boolean {
  return file.path.endsWith('.tfvars') && !/(?:^|\/)(?:examples?|tests?|fixtures?)\//.test(file.path)
}

function isDeployment(file: ChangedFile): boolean {
  return (
    /\.ya?ml$/.test(file.path) &&
    !/(?:^|\/)(?:examples?|tests?|e2e|testdata|fixtures?|docs?|samples?|locales?|i18n)\//i.test(file.path)
  )
}

interface Placed extends TerraformBlock {
  readonly file: ChangedFile
}

/** A resource may move between files: all changed files are one before and one after. */
function terraformChanges(files: readonly ChangedFile[], contents: Contents): readonly InfrastructureChange[] {
  const read = (side: 'base' | 'head') =>
    files.filter(isTerraform).flatMap((file) => {
      const text = contents.textOf(side === 'base' ? file.base : file.head)
      return text === null ? [] : [{ file, ...readTerraform(text) }]
    })
  const before = read('base')
  const after = read('head')
  const moved = new Set(after.flatMap((one) => [...one.moved]))
  const blocks = (sides: typeof before): ReadonlyMap<string, Placed> =>
    new Map(
      sides.flatMap((one) =>
        one.resources.map((block) => [`${folderOf(one.file)}${block.address}`, { ...block, file: one.file }] as const),
      ),
    )
  const now = blocks(after)
  return [...blocks(before)].flatMap(([key, block]): readonly InfrastructureChange[] => {
    const still = now.get(key)
    if (still !== undefined) {
      const { file } = still
      const subject = block.address
      const lost = lostProtections(block, still).map(
        ({ name, line, side }): InfrastructureChange => ({
          file,
          kind: 'protection-removed',
          subject,
          what: name,
          side,
          line,
        }),
      )
      const replaced = replacedBy(block, still).map(
        ({ name, line }): InfrastructureChange => ({ file, kind: 'replaced', subject, what: name, side: 'head', line }),
      )
      return [...lost, ...replaced]
    }
    if (!holdsData(block.type) || isLock(block) || moved.has(block.address)) return []
    return [
      {
        file: block.file,
        kind: 'destroyed',
        subject: block.address,
        what: 'no longer declared',
        side: 'base',
        line: block.line,
      },
    ]
  })
}

/** What is no longer listed among stores, in a file that stays. A file that goes says nothing about what becomes of its workspace. */
function variableChanges(files: readonly ChangedFile[], contents: Contents): readonly InfrastructureChange[] {
  return files.filter(isVariables).flatMap((file): readonly InfrastructureChange[] => {
    const [base, head] = [contents.textOf(file.base), contents.textOf(file.head)]
    if (base === null || head === null) return []
    const now = new Set(storesIn(head).map((entry) => entry.subject))
    return storesIn(base).flatMap(({ subject, line }): readonly InfrastructureChange[] =>
      now.has(subject) ? [] : [{ file, kind: 'destroyed', subject, what: 'no longer listed', side: 'base', line }],
    )
  })
}

/** The table that Terraform's own state is locked with: its rows live as long as a run. */
function isLock({ type, address }: TerraformBlock): boolean {
  return type === 'aws_dynamodb_table' && /lock/i.test(address)
}

function folderOf(file: ChangedFile): string {
  return file.path.slice(0, file.path.lastIndexOf('/') + 1)
}

function deploymentChanges(change: Change, contents: Contents): readonly InfrastructureChange[] {
  return change.files
    .filter(isDeployment)
    .filter(isInfrastructure)
    .flatMap((file) => {
      const base = contents.textOf(file.base)
      const head = contents.textOf(file.head)
      if (base === null) return []
      return [...lostWaysBack(file, base, head), ...removedVolumes(file, base, head)]
    })
}
