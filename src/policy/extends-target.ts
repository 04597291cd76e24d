import { posix } from 'node:path'
import { nearestName } from './nearest-name.ts'
import { quote } from './policy-problem.ts'

export type ExtendsTarget =
  | { readonly preset: string }
  /** From the root of the repository, normalised. */
  | { readonly path: string }
  | { readonly message: string; readonly suggestion: string | null }

/**
 * What an `extends` means: a preset's name, or a file of the same repository relative to the file that says it.
 * A stranger may have written it, so it can name nothing but a YAML file inside the repository, and nothing of git's own.
 * @param from the file that says it, from the repository's root; null when a preset says it
 * @param presets the names that are known
 */
export function extendsTarget(reference: string, from: string | null, presets: readonly string[]): ExtendsTarget {
  if (presets.includes(reference)) return { preset: reference }
  if (from !== null && /^\.\.?\//.test(reference)) return fileTarget(reference, from)
  if (/^([/\\]|[a-z]:[/\\])/i.test(reference)) {
    return refuse(`${quote(reference)} is an absolute path; write it relative to this file: \`./<file>.yml\``)
  }
  if (/[:@]/.test(reference) || (!isYaml(reference) && reference.includes('/'))) {
    const advice = 'copy it into this repository and write `./<file>.yml`'
    return refuse(`${quote(reference)}: a policy of another repository is not supported yet; ${advice}`)
  }
  if (isYaml(reference)) {
    const suggestion = `./${reference}`
    return {
      message: `the name of a file starts with \`./\` or \`../\`; did you mean ${quote(suggestion)}?`,
      suggestion,
    }
  }
  const suggestion = nearestName(reference, presets)
  const known = `known are ${presets.map(quote).join(', ')}, and files (\`./<file>.yml\`)`
  const advice = suggestion === null ? known : `did you mean \`${suggestion}\`?`
  return { message: `unknown preset ${quote(reference)}; ${advice}`, suggestion }
}

function fileTarget(reference: string, from: string): ExtendsTarget {
  if (reference.includes('\\')) return refuse(`${quote(reference)}: write the path with forward slashes`)
  if (!isYaml(reference)) return refuse(`${quote(reference)} must name a \`.yml\` or \`.yaml\` file`)
  const path = posix.join(posix.dirname(from), reference)
  if (path.startsWith('../') || path.startsWith('/')) return refuse(`${quote(reference)} leaves the repository`)
  if (path.split('/').some((part) => part.toLowerCase() === '.git')) {
    return refuse(`${quote(reference)} is in git's own folder; a policy is a file of the repository`)
  }
  return { path }
}

function isYaml(reference: string): boolean {
  return /\.ya?ml$/.test(reference)
}

function refuse(message: string): ExtendsTarget {
  return { message, suggestion: null }
}
