import type { Change, ChangedFile, FileVersion, Note } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import type { FactReader } from '../fact-reader.ts'
import type { CodeFacts, CodeOfFile, Unreadable } from './code-facts.ts'
import type { CodeReader, CodeRequest, CodeRole } from './code-reader.ts'
import { isCopyOf, originalsOf } from './copied-files.ts'
import { grammarOf, languageOf, languages } from './languages.ts'

/** Facts of changed source files, base and head. */
export function codeFactReader(reader: CodeReader): FactReader<'code'> {
  const originals = new WeakMap<Change, ReadonlyMap<string, readonly FileVersion[]>>()
  const originalsIn = (change: Change): ReadonlyMap<string, readonly FileVersion[]> => {
    const known = originals.get(change)
    if (known !== undefined) return known
    const added = change.files.filter((file) => file.base === null && isReadableCode(file))
    const found = originalsOf(change, added)
    originals.set(change, found)
    return found
  }
  const copiedFrom = (change: Change, file: ChangedFile, contents: Contents): CodeFacts | null => {
    const text = contents.textOf(file.head)
    const original = originalsIn(change)
      .get(file.path)
      ?.find((one) => text !== null && isCopyOf(text, contents.textOf(one) ?? ''))
    const facts = original === undefined ? null : factsOf(reader, original, contents, 'source')
    return facts === null || 'reason' in facts ? null : facts
  }

  return {
    need: 'code',
    begin: (change) =>
      reader.begin(
        change.files
          .filter(isReadableCode)
          .flatMap(versions)
          .map(({ path }) => path),
      ),
    changed: (change) => change.files.filter(isReadableCode).flatMap(versions),
    candidates: (change) => [...originalsIn(change).values()].flat(),
    prepare: (change, contents) => prepareCode(reader, change, contents),
    extract(change, contents) {
      const notes: Note[] = [...unsupported(change)]
      const files: CodeOfFile[] = []
      for (const file of change.files.filter(isReadableCode)) {
        const base = factsOf(reader, file.base, contents, 'source')
        const head = factsOf(reader, file.head, contents, 'source')
        const copied = file.base === null ? copiedFrom(change, file, contents) : null
        files.push(copied === null ? { file, base, head } : { file, base, head, copiedFrom: copied })
        notes.push(...notesOf(file.path, head ?? base))
      }
      return { facts: { files }, notes }
    },
  }
}

/** Source in a language that is read; no link or submodule. One that git takes for binary has a NUL in it and still runs. */
export function isReadableCode(file: ChangedFile): boolean {
  const version = file.head ?? file.base
  const regular = version?.kind === 'file' || version?.kind === 'executable'
  return file.role === 'source' && regular && languageOf(file.path) !== null
}

function versions(file: ChangedFile): readonly FileVersion[] {
  return [file.base, file.head].filter((version) => version !== null)
}

/** Has the changed files read side by side. */
export async function prepareCode(reader: CodeReader, change: Change, contents: Contents): Promise<void> {
  const files = change.files.filter(isReadableCode)
  // A rename may be one of languages.
  await reader.prepare(files.flatMap(versions).map((version) => version.path))
  await reader.readAhead(files.flatMap(versions).flatMap((version) => requestOf(version, contents, 'source') ?? []))
}

/** Null when there is no text that is in a language we read. */
export function requestOf(version: FileVersion, contents: Contents, as: CodeRole): CodeRequest | null {
  const text = contents.textOf(version)
  const isRead = text !== null && grammarOf(version.path) !== null
  return isRead ? { path: version.path, text, key: version.blob, as } : null
}

export function factsOf(
  reader: CodeReader,
  version: FileVersion | null,
  contents: Contents,
  as: CodeRole,
): CodeFacts | Unreadable | null {
  if (version === null) return null
  const request = requestOf(version, contents, as)
  if (request !== null) return reader.read(request)
  const blob = contents.of(version)
  if (blob === null) return { reason: 'only a diff of it is known' }
  switch (blob.status) {
    case 'text':
      return { reason: 'it had another language before' }
    case 'too-large':
      return { reason: `it is larger than 2 MB (${blob.bytes} bytes)` }
    case 'binary':
      return { reason: 'it is not text' }
    case 'missing':
      return { reason: 'its content is not in this clone' }
  }
}

function notesOf(path: string, facts: CodeFacts | Unreadable | null): readonly Note[] {
  if (facts === null) return []
  if ('reason' in facts) return [{ kind: 'file-not-read', path, says: `Not looked at: ${facts.reason}` }]
  if (facts.incomplete !== null)
    return [{ kind: 'file-cut-short', path, says: `Looked at in part: ${facts.incomplete}` }]
  return []
}

/** One note for all files of a kind: a list of every Ruby file would hide the rest. */
function unsupported(change: Change): readonly Note[] {
  const byExtension = new Map<string, string[]>()
  for (const file of change.files) {
    if (file.role !== 'source' || file.head === null || languageOf(file.path) !== null) continue
    const name = file.path.slice(file.path.lastIndexOf('/') + 1)
    const extension = name.includes('.') ? name.slice(name.lastIndexOf('.')) : name
    byExtension.set(extension, [...(byExtension.get(extension) ?? []), file.path])
  }
  const known = languages.map((language) => language.title).join(', ')
  return [...byExtension]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([extension, paths]) => ({
      kind: 'language-not-supported',
      says: `Code in ${paths.length} ${extension} ${paths.length === 1 ? 'file' : 'files'} not looked at (languages read: ${known})`,
      ...(paths.length === 1 && paths[0] !== undefined ? { path: paths[0] } : {}),
    }))
}
