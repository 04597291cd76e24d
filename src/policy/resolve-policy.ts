import { posix } from 'node:path'
import { extendsTarget } from './extends-target.ts'
import { foldPolicy, policyDigest } from './fold-policy.ts'
import { type Locate, parsePolicyFile } from './parse-policy.ts'
import type { Policy } from './policy.ts'
import { type Fault, type PolicyProblem, pathText, quote } from './policy-problem.ts'
import type { PolicyFileContent } from './policy-schema.ts'

/** Files of a chain, the presets at its end not counted. */
const MOST_FILES = 5
const DEFAULT_PRESET = 'recommended'

export interface PolicyRequest {
  /** The team's file; null when the repository has none. `source` names it for people: '.github/airworthy.yml at main (1a2b3c4)'. */
  readonly file: { readonly path: string; readonly text: string; readonly source: string } | null
  /** Text of each preset, by name. */
  readonly presets: ReadonlyMap<string, string>
  /** Text of a file of the same revision, by its path from the root of the repository; null when there is none. */
  readonly readFile: (path: string) => Promise<string | null>
}

export type ResolvedPolicy = { readonly policy: Policy } | { readonly problems: readonly PolicyProblem[] }

/** One text of the chain, and what problems call it. */
interface Link {
  readonly name: string
  /** From the root of the repository; null for a preset. */
  readonly path: string | null
  readonly text: string
}

interface ReadLink extends Link {
  readonly content: PolicyFileContent
  readonly locate: Locate
}

/**
 * The policy that holds: the team's file, folded over what it extends. Without a file it is the preset `recommended` in advise
 * mode. What `readFile` throws passes through: "could not read" is not "there is none".
 */
export async function resolvePolicy(request: PolicyRequest): Promise<ResolvedPolicy> {
  const { file } = request
  const first =
    file === null
      ? presetLink(DEFAULT_PRESET, request.presets)
      : { name: file.path, path: posix.normalize(file.path), text: file.text }
  const chain = await readChain(first, [], request)
  if ('problems' in chain) return chain
  const contents = chain.links.map((link) => link.content).reverse()
  const result = foldPolicy(file === null ? [...contents, { version: 1, mode: 'advise' }] : contents)
  if ('faults' in result) return { problems: result.faults.map((fault) => incomplete(fault, chain.links)) }
  const source = file?.source ?? `preset ${DEFAULT_PRESET} (no .github/airworthy.yml at the base)`
  return { policy: { ...result.folded, source, digest: policyDigest(result.folded) } }
}

type Chain =
  /** From the most specific file to the preset that ends it. */
  { readonly links: readonly [ReadLink, ...ReadLink[]] } | { readonly problems: readonly PolicyProblem[] }

async function readChain(link: Link, nearer: readonly Link[], request: PolicyRequest): Promise<Chain> {
  const parsed = parsePolicyFile(link.text, link.name)
  if ('problems' in parsed) return parsed
  const read = { ...link, content: parsed.file, locate: parsed.locate }
  const base = await extendedLink(read, [...nearer, link], request)
  if (base === null) return { links: [read] }
  if ('message' in base) return { problems: [problemAt(read, { path: ['extends'], part: 'value', ...base })] }
  const rest = await readChain(base, [...nearer, link], request)
  return 'problems' in rest ? rest : { links: [read, ...rest.links] }
}

/** What `link` builds on; null when it is a preset that builds on nothing. */
async function extendedLink(
  link: ReadLink,
  chain: readonly Link[],
  { presets, readFile }: PolicyRequest,
): Promise<Link | null | { readonly message: string; readonly suggestion: string | null }> {
  const reference = link.content.extends ?? (link.path === null ? null : DEFAULT_PRESET)
  if (reference === null) return null
  const target = extendsTarget(reference, link.path, [...presets.keys()])
  if ('message' in target) return target
  const name = 'preset' in target ? presetName(target.preset) : target.path
  if (chain.some((nearer) => (nearer.path ?? nearer.name) === name)) {
    const circle = [...chain.map((nearer) => nearer.name), name].map(quote).join(' → ')
    return { message: `the policy extends itself: ${circle}`, suggestion: null }
  }
  if ('preset' in target) return presetLink(target.preset, presets)
  if (chain.length >= MOST_FILES) {
    return { message: `a chain of more than ${MOST_FILES} files; put what they say into fewer`, suggestion: null }
  }
  const text = await readFile(target.path)
  if (text === null)
    return { message: `there is no file ${quote(target.path)} in the repository at this revision`, suggestion: null }
  return { name: target.path, path: target.path, text }
}

function presetLink(preset: string, presets: ReadonlyMap<string, string>): Link {
  const text = presets.get(preset)
  if (text === undefined) throw new Error(`the preset ${preset} was not passed in`)
  return { name: presetName(preset), path: null, text }
}

function presetName(preset: string): string {
  return `preset ${preset}`
}

/** What is wrong only when all files of a chain are taken together is said at the nearest file. */
function incomplete(fault: Fault, links: readonly [ReadLink, ...ReadLink[]]): PolicyProblem {
  const chain = links.map((link) => quote(link.name)).join(' → ')
  return problemAt(links[0], { ...fault, message: `${fault.message} (in ${chain} taken together)` })
}

function problemAt(link: ReadLink, fault: Fault): PolicyProblem {
  const { path, message, suggestion } = fault
  return { file: link.name, ...link.locate(path), path: pathText(path), message, suggestion }
}
