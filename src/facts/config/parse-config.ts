import { type ConfigEntry, MAX_CONFIG_CHARS, type ParsedConfig } from './config-entry.ts'
import type { ConfigKind } from './config-family.ts'
import { referencesOf } from './config-references.ts'
import { withSections } from './environments.ts'
import { parseCodeSettings } from './formats/code-settings.ts'
import { parseDockerfile } from './formats/dockerfile.ts'
import { parseDotenv } from './formats/dotenv.ts'
import { parseHcl } from './formats/hcl.ts'
import { parseIni } from './formats/ini.ts'
import { parseJson } from './formats/json.ts'
import { parseProperties } from './formats/properties.ts'
import { parseToml } from './formats/toml.ts'
import { parseXml } from './formats/xml.ts'
import { parseYaml } from './formats/yaml.ts'

/** Every parser answers in time linear in the text, which is bounded; none throws on what a file may hold. */
export function parseConfig(text: string, kind: ConfigKind, environments: readonly string[]): ParsedConfig {
  if (text.length > MAX_CONFIG_CHARS) return { status: 'skipped', reason: `larger than ${MAX_CONFIG_CHARS} characters` }
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text
  const result = byFormat(clean.replaceAll('\r\n', '\n'), kind)
  if (result.status !== 'parsed') return result
  return {
    ...result,
    entries: withSections(result.entries, environments),
    references: referencesOf(clean, kind.family),
  }
}

/** Names under which a ConfigMap or an Argo CD application holds a whole file. */
const EMBEDDED: readonly (readonly [RegExp, ConfigKind['format']])[] = [
  [/\.ya?ml$|(?:^|\.)helm\.values$/i, 'yaml'],
  [/\.json$/i, 'json'],
  [/\.properties$/i, 'properties'],
  [/\.toml$/i, 'toml'],
  [/\.ini$/i, 'ini'],
  [/(?:^|\.)env$/, 'dotenv'],
]

/** A file within a file may not hold one more. */
function embedded(path: readonly string[], text: string): readonly ConfigEntry[] | null {
  const name = path.slice(-2).join('.')
  const format = EMBEDDED.find(([pattern]) => pattern.test(name))?.[1]
  if (format === undefined) return null
  const result =
    format === 'yaml' ? parseYaml(text, () => null) : byFormat(text, { format, family: 'generic', example: false })
  return result.status === 'parsed' ? result.entries : null
}

function byFormat(text: string, kind: ConfigKind): ParsedConfig {
  switch (kind.format) {
    case 'dotenv':
      return parseDotenv(text)
    case 'yaml':
      return parseYaml(text, embedded)
    case 'json':
      return parseJson(text)
    case 'toml':
      return parseToml(text)
    case 'ini':
      return parseIni(text)
    case 'properties':
      return parseProperties(text)
    case 'hcl':
      return parseHcl(text)
    case 'dockerfile':
      return parseDockerfile(text)
    case 'xml':
      return parseXml(text)
    default:
      return parseCodeSettings(text, kind.format)
  }
}
