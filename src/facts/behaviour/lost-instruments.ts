import type { Change, ChangedFile } from '../../change/change.ts'
import type { Contents } from '../../change/contents.ts'
import type { PracticeFact } from './behaviour-facts.ts'
import type { Catalog } from './catalog.ts'
import { isPackageManifest, packagesIn } from './manifest-packages.ts'
import { fitsAny } from './name-match.ts'

/** A manifest of the product that may lose what watches it. */
export function isProductManifest({ path, role, binary }: ChangedFile): boolean {
  return isPackageManifest(path) && !binary && role !== 'test' && role !== 'vendored' && role !== 'docs'
}

/** Instruments that a manifest asked for before and asks for no more, with their line in the base. */
export function lostInstruments(change: Change, contents: Contents, catalog: Catalog): readonly PracticeFact[] {
  return change.files.filter(isProductManifest).flatMap((file) => {
    // A removed manifest goes with its program.
    if (file.base === null || file.head === null) return []
    const before = packagesIn(file.base.path, contents.textOf(file.base) ?? '')
    const after = packagesIn(file.head.path, contents.textOf(file.head) ?? '')
    const vendors = new Set(after.map(({ name }) => vendorOf(name)))
    return catalog.instruments.flatMap((tool) => {
      const gone = before.find(({ name }) => fitsAny(tool.packages, name))
      if (gone === undefined || vendors.has(vendorOf(gone.name))) return []
      return [{ title: tool.title, path: file.base?.path ?? file.path, line: gone.line, sees: tool.sees }]
    })
  })
}

/** `@sentry/node` and `sentry-sdk` are Sentry's: one package of a vendor often takes the place of another. */
function vendorOf(name: string): string {
  const parts = name.replace(/^@|^(?:github\.com|gopkg\.in|go\.)\//, '').split(/[/._-]/)
  return (parts[0] ?? '').toLowerCase()
}
