import { readFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { PolicyRequest, ResolvedPolicy } from '../../policy/resolve-policy.ts'
import { readPresets } from '../assets.ts'
import { Refusal, systemReason } from './refusal.ts'

/** A policy from the disk, with the files beside it that it extends. A file that cannot be read is refused. */
export async function resolveDiskPolicy(file: string): Promise<ResolvedPolicy> {
  const text = readText(file)
  if (text === null) throw new Refusal(`Cannot read the policy ${file}: there is no such file or folder.`)
  const { resolvePolicy } = await import('../../policy/resolve-policy.ts')
  return resolvePolicy(diskRequest(file, text))
}

/** Names in the policy are relative to the current folder, or to the file's own when it is elsewhere. */
function diskRequest(file: string, text: string): PolicyRequest {
  const inside = relative(process.cwd(), resolve(file))
  const isInside = !isAbsolute(inside) && !inside.startsWith('..')
  const root = isInside ? process.cwd() : dirname(resolve(file))
  return {
    file: { path: isInside ? inside.split(sep).join('/') : basename(file), text, source: file },
    presets: readPresets(),
    readFile: async (path) => readText(join(root, path)),
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new Refusal(`Cannot read the policy ${file}: ${systemReason(error)}.`)
  }
}
