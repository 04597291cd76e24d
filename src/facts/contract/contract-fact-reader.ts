import type { Change, ChangedFile, FileVersion } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import type { FactReader } from '../fact-reader.ts'
import type { ContractChange } from './contract-change.ts'
import { buildFilesAbove, isFetched } from './fetched-contract.ts'
import { compareGraphql } from './graphql.ts'
import { compareJobs, mayHoldJobs } from './job.ts'
import { compareOpenapi, isOpenapi } from './openapi.ts'
import { compareProto } from './proto.ts'
import { compareAvro, compareCrd, compareJsonSchema } from './record-schema.ts'
import { compareStoredValues } from './stored-value.ts'

/** Contracts are compared as they are on both sides; one that is new or gone promises nothing to compare with. */
export function contractFactReader(): FactReader<'contracts'> {
  return {
    need: 'contracts',
    changed: (change) =>
      change.files
        .filter(isContract)
        .flatMap((file) => [file.base, file.head].filter((version): version is FileVersion => version !== null)),
    candidates: (change, contents) => buildFilesAbove(change, describedPaths(change, contents)),
    prepare: async () => {},
    extract(change, contents) {
      const builds = buildFilesAbove(change, describedPaths(change, contents)).flatMap(
        (version) => contents.textOf(version) ?? [],
      )
      const files = change.files.filter(isContract).flatMap((file) => {
        const base = contents.textOf(file.base)
        const head = contents.textOf(file.head)
        if (base === null || head === null || base === head || isFetched(file.path, builds)) return []
        const changes = compare(file.path, base, head)
        return changes === null ? [] : [{ file, changes }]
      })
      return { facts: { files }, notes: [] }
    },
  }
}

/** Descriptions of an API: somebody else's may be kept as a copy. */
function describedPaths(change: Change, contents: Contents): readonly string[] {
  return change.files.flatMap((file) =>
    isContract(file) && /\.(?:json|ya?ml)$/.test(file.path) && isOpenapi(contents.textOf(file.base) ?? '')
      ? file.path
      : [],
  )
}

const NOT_SERVED =
  /(?:^|\/)(?:tests?|__tests__|spec|fixtures?|testdata|examples?|samples?|demos?|playgrounds?|e2e|benchmarks?|api-client[\w-]*|node_modules|vendor|third_party|third-party|mocks?|__generated__)\//i

/** Code and settings may hold jobs, or say how something is stored. */
const SOURCE = /\.(?:py|rb|[cm]?[jt]sx?|go|php|java|kt|cs|ex|exs|rs)$/

/** Generated contracts count: what is generated is what is served. */
function isContract(file: ChangedFile): boolean {
  if (
    file.base === null ||
    file.head === null ||
    file.binary ||
    file.role === 'test' ||
    file.role === 'vendored' ||
    file.role === 'lock'
  )
    return false
  return (
    (/\.(?:proto|graphqls?|gql|avsc|json|ya?ml)$/.test(file.path) || SOURCE.test(file.path)) &&
    !NOT_SERVED.test(file.path) &&
    !isElsewhere(file.path)
  )
}

/** JSON and YAML that are read for something else. */
function isElsewhere(path: string): boolean {
  return /(?:^|\/)(?:package(?:-lock)?|tsconfig[^/]*|composer|locales?\/[^/]*|i18n\/.*|translations?\/.*)\.json$|(?:^|\/)(?:locales?|i18n|translations?|lang|messages)\/|^\.github\/|pnpm-lock/.test(
    path,
  )
}

function compare(path: string, base: string, head: string): readonly ContractChange[] | null {
  if (SOURCE.test(path)) {
    const changes = [...(mayHoldJobs(path) ? compareJobs(path, base, head) : []), ...compareStoredValues(base, head)]
    return changes.length === 0 && !mayHoldJobs(path) ? null : changes
  }
  if (path.endsWith('.proto')) return compareProto(base, head)
  if (/\.(?:graphqls?|gql)$/.test(path)) return compareGraphql(base, head)
  if (path.endsWith('.avsc')) return compareAvro(path, base, head)
  if (isOpenapi(base)) return compareOpenapi(path, base, head)
  if (/json-schema\.org\//.test(base.slice(0, 2_000)) && path.endsWith('.json'))
    return compareJsonSchema(path, base, head)
  return /^kind:\s*CustomResourceDefinition\b/m.test(base) ? compareCrd(path, base, head) : null
}
