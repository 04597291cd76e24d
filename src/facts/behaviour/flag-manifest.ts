import { isFlagModulePath } from './practice-paths.ts'

/** What a flag manifest says of one flag when nobody has turned it. */
export interface FlagDefault {
  readonly key: string
  readonly isOn: boolean
  readonly line: number
}

/** JSON and YAML files of flags: `feature-flags.json`, `config/feature_flags/new_nav.yml`. */
export function isFlagManifest(path: string): boolean {
  return /\.(?:json|ya?ml)$/.test(path) && isFlagModulePath(path)
}

/** `"new-nav": true`, or `default_enabled: true` below a key or in a file of one flag. Read line by line. */
export function flagDefaultsIn(path: string, text: string): readonly FlagDefault[] {
  const found: FlagDefault[] = []
  let owner = stemOf(path)
  for (const [index, raw] of text.split('\n', 5_000).entries()) {
    for (const part of raw.slice(0, 2_000).split(',')) {
      const opened = /^\s*-?\s*\{?\s*["']?([A-Za-z][\w.-]{1,80})["']?\s*:\s*\{?\s*$/.exec(part)?.[1]
      const named = /^\s*-?\s*["']?(?:name|key|id)["']?\s*:\s*["']?([A-Za-z][\w.-]{1,80})["']?\s*$/.exec(part)?.[1]
      owner = named ?? opened ?? owner
      const pair = /["']?([A-Za-z][\w.-]{1,80})["']?\s*:\s*(true|false)\b/.exec(part)
      if (pair?.[1] === undefined) continue
      const isOn = pair[2] === 'true'
      if (ON_BY_DEFAULT.test(pair[1])) found.push({ key: owner, isOn, line: index + 1 })
      else if (!PROPERTY.test(pair[1])) found.push({ key: pair[1], isOn, line: index + 1 })
    }
  }
  return found
}

const ON_BY_DEFAULT = /^(?:default_?enabled|enabled_?by_?default|default|defaultValue|default_value|on_?by_?default)$/i
/** Words that describe a flag and are none. */
const PROPERTY =
  /^(?:enabled|archived|temporary|permanent|stale|deprecated|public|private|internal|client|server|tracked|required|boolean|log_state_changes|on|off|value|visible|hidden|experimental|beta|strict|additionalProperties|expose\w*|requires?\w*|show\w*|hide\w*|allow\w*|frontend\w*)$/i

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
}
