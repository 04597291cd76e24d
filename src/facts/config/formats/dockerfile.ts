import { DockerfileParser } from 'dockerfile-ast'
import { type ConfigEntry, configEntry, type ParsedConfig, parsed } from '../config-entry.ts'

/** `ENV` and `ARG` of a Dockerfile as variables; `USER` and `HEALTHCHECK NONE` as settings. */
export function parseDockerfile(text: string): ParsedConfig {
  const entries: ConfigEntry[] = []
  const file = DockerfileParser.parse(text)
  for (const env of file.getENVs()) {
    for (const property of env.getProperties()) {
      const raw = property.getUnescapedValue() ?? ''
      entries.push(
        configEntry({ path: [property.getName()], line: property.getRange().start.line + 1, raw, variable: true }),
      )
    }
  }
  for (const arg of file.getARGs()) {
    const property = arg.getProperty()
    if (property === null) continue
    const raw = property.getUnescapedValue() ?? ''
    entries.push(
      configEntry({ path: ['ARG', property.getName()], line: property.getRange().start.line + 1, raw, variable: true }),
    )
  }
  for (const instruction of file.getInstructions()) {
    const name = instruction.getKeyword()
    if (name !== 'HEALTHCHECK' && name !== 'USER') continue
    entries.push(
      configEntry({
        path: [name],
        line: instruction.getRange().start.line + 1,
        raw: instruction.getArgumentsContent() ?? '',
      }),
    )
  }
  return parsed(entries.toSorted((a, b) => a.line - b.line))
}
