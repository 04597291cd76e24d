import type { Change, ChangedFile, FileVersion } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import { factsOf, isReadableCode, prepareCode } from '../code/code-fact-reader.ts'
import type { ImportFact } from '../code/code-facts.ts'
import type { CodeReader } from '../code/code-reader.ts'
import type { FactReader } from '../fact-reader.ts'
import { alertRulesIn } from './alert-rules.ts'
import type { Behaviour, BehaviourOfFile } from './behaviour-facts.ts'
import { behaviourOf } from './behaviour-of.ts'
import { type Catalog, EMPTY_CATALOG, withAdded } from './catalog.ts'
import { contractEntryPoints, isContractPath } from './contracts.ts'
import { flagDefaultsIn, isFlagManifest } from './flag-manifest.ts'
import { isProductManifest, lostInstruments } from './lost-instruments.ts'
import { practiceOfTexts } from './practice.ts'
import { isRulesPath, practiceCandidates } from './practice-paths.ts'

/** Ways in, outbound calls, signals and flag gates of the changed files, and what the team has around them. */
export function behaviourReader(reader: CodeReader, known: Catalog): FactReader<'behaviour'> {
  const wanted = (change: Change, contents: Contents): readonly FileVersion[] =>
    change.files.some(isRead) || lostInstruments(change, contents, known).length > 0
      ? practiceCandidates(change, mayLoseMetric(change, contents) || mayAddWayIn(change))
      : []
  return {
    need: 'behaviour',
    changed: (change) =>
      change.files
        .filter((file) => isRead(file) || isProductManifest(file))
        .flatMap((file) => [file.base, file.head].filter((one) => one !== null)),
    candidates: wanted,
    prepare: (change, contents) => prepareCode(reader, change, contents),
    extract(change, contents, _environments, added = EMPTY_CATALOG) {
      const catalog = withAdded(known, added)
      const files = change.files.filter(isRead).map(
        (file): BehaviourOfFile => ({
          file,
          base: behaviourOfVersion(reader, file.base, contents, catalog, importsOf(reader, file.head, contents)),
          head: behaviourOfVersion(reader, file.head, contents, catalog),
        }),
      )
      const texts = wanted(change, contents).flatMap((version) => {
        const text = contents.textOf(version)
        return text === null ? [] : [{ path: version.path, text }]
      })
      const lost = lostInstruments(change, contents, catalog)
      return { facts: { files, practice: practiceOfTexts(texts, catalog), lost, catalog }, notes: [] }
    },
  }
}

function isRead(file: ChangedFile): boolean {
  return isReadableCode(file) || isProductText(file)
}

/** A contract, a flag manifest or a file of alert rules that is part of the product. */
function isProductText(file: ChangedFile): boolean {
  const isProduct = file.role !== 'test' && file.role !== 'generated' && file.role !== 'vendored'
  return isProduct && !file.binary && isBehaviourText(file.path)
}

function isBehaviourText(path: string): boolean {
  return isContractPath(path) || isFlagManifest(path) || isAlertFile(path)
}

function isAlertFile(path: string): boolean {
  return /\.ya?ml$/.test(path) && isRulesPath(path)
}

function behaviourOfVersion(
  reader: CodeReader,
  version: FileVersion | null,
  contents: Contents,
  catalog: Catalog,
  also: readonly ImportFact[] = [],
): Behaviour | null {
  if (version === null) return null
  if (isBehaviourText(version.path)) {
    const text = contents.textOf(version)
    return text === null ? null : behaviourOfText(version.path, text)
  }
  const facts = factsOf(reader, version, contents, 'source')
  return facts === null || 'reason' in facts ? null : behaviourOf(facts, version.path, catalog, also)
}

function importsOf(reader: CodeReader, version: FileVersion | null, contents: Contents): readonly ImportFact[] {
  if (version === null || isBehaviourText(version.path)) return []
  const facts = factsOf(reader, version, contents, 'source')
  return facts === null || 'reason' in facts ? [] : facts.imports
}

function behaviourOfText(path: string, text: string): Behaviour {
  return {
    entryPoints: isContractPath(path) ? contractEntryPoints(path, text) : [],
    flagDefaults: isFlagManifest(path) ? flagDefaultsIn(path, text) : [],
    alerts: isAlertFile(path) ? alertRulesIn(text) : [],
    outbound: [],
    signals: [],
    gates: [],
    code: null,
  }
}

/** Rules and dashboards may name what is new. A source that gives no lines leaves it open. */
function mayAddWayIn(change: Change): boolean {
  return change.files.some((file) => {
    if (!isReadableCode(file) || file.additions === 0) return false
    if (file.hunks.length === 0) return true
    return file.hunks.some(({ lines }) =>
      lines.some(({ kind, text }) => kind === 'add' && WAY_IN.test(text.slice(0, 300))),
    )
  })
}

const WAY_IN =
  /\b(?:get|post|put|patch|delete|route|path|url|all|handle|handlefunc|group|task|shared_task|job|cron|schedule|every|consume|subscribe|process|worker|queue|add|addfunc)\b\s*[(<]|@\w+/i

/** Rules and dashboards are read only when a file that knows metrics changes, or a way in may be new. */
function mayLoseMetric(change: Change, contents: Contents): boolean {
  return change.files.some((file) =>
    /Counter|Gauge|Histogram|Summary|metric|statsd/i.test(contents.textOf(file.base) ?? ''),
  )
}
