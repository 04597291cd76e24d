import type { Practice, PracticeFact } from './behaviour-facts.ts'
import type { Catalog } from './catalog.ts'
import { packagesIn } from './manifest-packages.ts'
import { fitsAny } from './name-match.ts'
import { isFlagListPath, isFlagModulePath, isRulesPath } from './practice-paths.ts'

interface TextFile {
  readonly path: string
  readonly text: string
}

/** What a team has around its code, told from the texts of manifests, start-up files, flag modules and rules. */
export function practiceOfTexts(files: readonly TextFile[], catalog: Catalog): Practice {
  const flags: PracticeFact[] = []
  const telemetry: PracticeFact[] = []
  const rules: TextFile[] = []
  const flagKeys: Practice['flagKeys'][number][] = []
  const listed: Practice['flagKeys'][number][] = []
  for (const file of files) {
    for (const { name, line } of packagesIn(file.path, file.text)) {
      for (const tool of catalog.flags)
        if (fitsAny(tool.packages, name)) flags.push({ title: tool.title, path: file.path, line, sees: [] })
      for (const tool of catalog.instruments)
        if (fitsAny(tool.packages, name)) telemetry.push({ title: tool.title, path: file.path, line, sees: tool.sees })
    }
    for (const tool of catalog.instruments)
      for (const text of tool.texts) {
        const at = file.text.indexOf(text)
        if (at !== -1)
          telemetry.push({ title: tool.title, path: file.path, line: lineAt(file.text, at), sees: tool.sees })
      }
    if (isFlagModulePath(file.path)) {
      flags.push({ title: 'in-house flags', path: file.path, line: 1, sees: [] })
      flagKeys.push(...keysIn(file))
    } else if (isFlagListPath(file.path)) listed.push(...keysIn(file))
    if (isRulesPath(file.path)) rules.push(file)
  }
  return {
    flags: unique(flags),
    telemetry: unique(telemetry),
    rules,
    flagKeys,
    // Where nothing else says that the team has flags, a file of that name may be about anything.
    listedFlags: flags.length > 0 ? listed.map(({ key }) => key) : [],
    searched: 'manifests, start-up files, container files, flag modules and rules near the change',
  }
}

/** The same thing found in many files is said once, at its first place. */
function unique(facts: readonly PracticeFact[]): readonly PracticeFact[] {
  return facts.filter((fact, index) => facts.findIndex((other) => other.title === fact.title) === index)
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** Keys of maps and short strings: what a flag manifest calls its flags. */
function keysIn({ path, text }: TextFile): readonly Practice['flagKeys'][number][] {
  return text.split('\n', 5_000).flatMap((line, index) =>
    [...line.slice(0, 500).matchAll(/["']([a-z][\w.-]{2,60})["']|^\s*([A-Za-z][\w-]{2,60})\s*[:=]/g)].map((match) => ({
      key: match[1] ?? match[2] ?? '',
      path,
      line: index + 1,
    })),
  )
}
