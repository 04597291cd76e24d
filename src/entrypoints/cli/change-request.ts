import type { Target } from '../../git/resolve-target.ts'
import { Refusal } from './refusal.ts'

/** Which change is asked for: one that git knows, or a diff in a file (`-` is standard input). */
export type ChangeRequest = Target | { readonly kind: 'diff'; readonly file: string }

export interface ChangeOptions {
  readonly base?: string
  readonly head?: string
  readonly staged?: boolean
  readonly workingTree?: boolean
  readonly diff?: string
}

/** Reads the options of `review` that say which change; two that contradict each other are refused. */
export function changeRequest(range: string | undefined, options: ChangeOptions): ChangeRequest {
  const { base, head, staged = false, workingTree = false, diff } = options
  const ways = [
    ...(range === undefined ? [] : [`The range ${range}`]),
    ...(staged ? ['--staged'] : []),
    ...(workingTree ? ['--working-tree'] : []),
    ...(diff === undefined ? [] : ['--diff']),
    ...(head === undefined ? [] : ['--head']),
  ]
  if (ways.length > 1) throw new Refusal(`${ways.join(' and ')} name different changes. Give one of them.`)
  if (base !== undefined && (range !== undefined || diff !== undefined)) {
    throw new Refusal(`${ways[0]} says itself what the change is. Leave --base out.`)
  }
  if (diff !== undefined) return { kind: 'diff', file: diff }
  if (range !== undefined) return { kind: 'range', range }
  const from = base === undefined ? {} : { base }
  if (staged) return { kind: 'index', ...from }
  if (workingTree) return { kind: 'working-tree', ...from }
  return { kind: 'range', ...from, ...(head === undefined ? {} : { head }) }
}

/** Nothing was named: this branch, against the one it left. */
export function isDefaultChange(request: ChangeRequest): boolean {
  return request.kind === 'range' && request.range === undefined && request.base === undefined
}
