import { readFileSync } from 'node:fs'

function text(name: string): string {
  return readFileSync(new URL(`../../policies/${name}.yml`, import.meta.url), 'utf8')
}

/** The presets as they are shipped. */
export const PRESETS: ReadonlyMap<string, string> = new Map(
  ['advisory', 'recommended', 'strict'].map((name) => [name, text(name)]),
)
