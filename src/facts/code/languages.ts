import { go } from './go/language.ts'
import type { Language } from './language.ts'
import { python } from './python/language.ts'
import { typescript } from './typescript/language.ts'

/** Every language whose code is read, in alphabetical order. */
export const languages = [go, python, typescript] as const satisfies readonly Language[]

const byExtension: ReadonlyMap<string, { readonly language: Language; readonly grammar: string }> = new Map(
  languages.flatMap((language: Language) =>
    Object.entries(language.grammars).map(([extension, grammar]) => [extension, { language, grammar }] as const),
  ),
)

export function languageOf(path: string): Language | null {
  return byExtension.get(extensionOf(path))?.language ?? null
}

/** Name of the grammar that parses a path; null when its language is not supported. */
export function grammarOf(path: string): string | null {
  return byExtension.get(extensionOf(path))?.grammar ?? null
}

function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot).toLowerCase()
}
