import type { CodeFacts } from '../code/code-facts.ts'
import { type Branch, type CallSite, type Condition, encloses, type Span } from '../code/code-shape.ts'
import type { FlagGate } from './behaviour-facts.ts'
import type { Catalog } from './catalog.ts'
import {
  askedByCall,
  askedByName,
  type FlagContext,
  type FlagQuestion,
  flagContext,
  isFlagWrapper,
  isGuardName,
  resolved,
} from './flag-question.ts'
import { lastPart } from './name-match.ts'

/** `x = x && …` names itself, and so could a hostile file without end. */
const MAX_DEPTH = 12

interface Open {
  readonly question: FlagQuestion
  readonly span: Span
  readonly owner: string | null
  readonly on: Span[]
  readonly off: Span[]
  readonly wraps: string[]
}

/** Questions to flags and settings with the code they switch, in the order they stand. `calls` are the team's own. */
export function flagGatesOf(facts: CodeFacts, catalog: Catalog, calls: readonly string[] = []): readonly FlagGate[] {
  const context = flagContext(facts, catalog, calls)
  const open = new Map<number, Open>()
  for (const branch of facts.shape.branches) addBranch(branch, context, open)
  for (const site of facts.shape.calls) {
    const asked = site.form === 'call' ? askedByCall(site.callee, site.args, context) : null
    if (asked !== null && !open.has(site.span.start))
      open.set(site.span.start, {
        question: asked,
        span: site.span,
        owner: site.owner,
        on: isGuardName(lastPart(site.callee)) && site.boundTo === null ? [...afterwards(site, facts)] : [],
        off: [],
        wraps: [],
      })
    else if (asked === null && isFlagWrapper(site.callee, context)) addWrapper(site, open)
  }
  return [...open.values()].map(gateOf).sort((a, b) => a.span.start - b.span.start)
}

/** What its function does after it: a guard throws while the feature is off. */
function afterwards({ span }: CallSite, { shape }: CodeFacts): readonly Span[] {
  const around = shape.functions
    .filter((one) => encloses(one.span, span))
    .sort((a, b) => b.span.start - a.span.start)[0]
  if (around === undefined) return []
  return [{ ...span, start: span.end, end: around.span.end, startLine: span.endLine, endLine: around.span.endLine }]
}

function gateOf({ question, span, owner, on, off, wraps }: Open): FlagGate {
  const { tool, key, live, fallback } = question
  return { tool, key, live, fallback, span, owner, on, off, wraps }
}

function addWrapper(site: CodeFacts['shape']['calls'][number], open: Map<number, Open>): void {
  const first = site.args[0]?.value
  const key = first?.is === 'text' ? first.text : first?.is === 'name' ? lastPart(first.name) : null
  const on = site.form === 'decorator' && site.decorates !== null ? [site.decorates.span] : [site.span]
  const wraps = site.decorates === null ? [site.callee] : [site.decorates.name]
  const question: FlagQuestion = { tool: 'in-house flags', key, live: true, inverted: false, fallback: null }
  open.set(site.span.start, { question, span: site.span, owner: site.owner, on, off: [], wraps })
}

function addBranch(branch: Branch, context: FlagContext, open: Map<number, Open>): void {
  const answers = answersOf(branch.condition, branch.owner, context)
  const unset = branch.leaves === 'yes' && answers.length === 0 ? unsetIn(branch.condition) : null
  for (const { question, onWhen, span, sure } of unset === null ? answers : [unset]) {
    const known = open.get(span.start)
    const gate = known ?? { question, span, owner: branch.owner, on: [], off: [], wraps: [] }
    const { yes, no } = sidesOf(branch)
    gate.on.push(...(onWhen ? yes : no))
    if (sure) gate.off.push(...(onWhen ? no : yes))
    open.set(span.start, gate)
  }
}

const SETTING =
  /^(?:process\.env|import\.meta\.env|\w*[eE]nv|\w*[sS]ettings|\w*[cC]onfig)\.(?!NODE_ENV$)[A-Z][A-Z0-9_]{3,}$/

/** `env.SLACK_SECRET`, or `team.getPreference(Preference.MCP)`. */
function askedFor(condition: Condition): string | null {
  if (condition.op === 'name') return SETTING.test(condition.name) ? condition.name : null
  if (condition.op !== 'call' || !PREFERENCE.test(lastPart(condition.callee))) return null
  const first = condition.args[0]?.value
  return first?.is === 'name' ? first.name : first?.is === 'text' ? first.text : condition.callee
}

const PREFERENCE = /^(?:get|has|is|can|check)_?\w*(?:preference|setting|option|entitlement|capability)\w*$/i

/** `if (!env.SLACK_SECRET) return`: what follows runs only where somebody has set it up. */
function unsetIn(condition: Condition): Answer | null {
  if (condition.op === 'or') return condition.parts.map(unsetIn).find((one) => one !== null) ?? null
  if (condition.op !== 'not') return null
  const name = askedFor(condition.part)
  if (name === null || (condition.part.op !== 'name' && condition.part.op !== 'call')) return null
  const { span } = condition.part
  const question = { tool: 'settings', key: lastPart(name), live: false, inverted: false, fallback: null }
  return { question, onWhen: false, span, sure: true }
}

/** Code that runs when the condition holds, and when it does not, with what follows an early exit. */
function sidesOf(branch: Branch): { readonly yes: readonly Span[]; readonly no: readonly Span[] } {
  const rest = branch.rest === null ? [] : [branch.rest]
  return {
    yes: [...(branch.yes === null ? [] : [branch.yes]), ...(branch.leaves === 'no' ? rest : [])],
    no: [...(branch.no === null ? [] : [branch.no]), ...(branch.leaves === 'yes' ? rest : [])],
  }
}

interface Answer {
  readonly question: FlagQuestion
  /** The flag is on when the condition is this. */
  readonly onWhen: boolean
  readonly span: Span
  /** The condition asks nothing else: the other side means that it is off. */
  readonly sure: boolean
}

/** `a && b` says on for both when it holds; `!a || b` says on for a when it does not. */
function answersOf(given: Condition, owner: string | null, context: FlagContext, depth = 0): readonly Answer[] {
  if (depth > MAX_DEPTH) return []
  switch (given.op) {
    case 'and':
      return given.parts
        .flatMap((part) => answersOf(part, owner, context, depth + 1))
        .filter((one) => one.onWhen)
        .map(unsure)
    case 'or': {
      const parts = given.parts.map((part) => answersOf(part, owner, context, depth + 1))
      const all = parts.every((part) => part.some((one) => one.onWhen))
      return parts
        .flat()
        .filter((one) => !one.onWhen || all)
        .map(unsure)
    }
    case 'not':
      return answersOf(given.part, owner, context, depth + 1).map((one) => ({ ...one, onWhen: !one.onWhen }))
    case 'equals': {
      const means = !/^(?:false|off|control|null|undefined|nil|none|disabled|0)$/i.test(given.to ?? '')
      return answersOf(given.part, owner, context, depth + 1).map((one) =>
        means === given.negated ? { ...one, onWhen: !one.onWhen } : one,
      )
    }
    case 'call': {
      const question = askedByCall(given.callee, given.args, context)
      if (question !== null) return [{ question, onWhen: !question.inverted, span: given.span, sure: true }]
      return isFlagWrapper(given.callee, context)
        ? [
            {
              question: { tool: 'in-house flags', key: null, live: true, inverted: false, fallback: null },
              onWhen: true,
              span: given.span,
              sure: true,
            },
          ]
        : []
    }
    case 'name': {
      const value = resolved(given, owner, context)
      if (value.op !== 'name' && value.op !== 'other') {
        const behind = answersOf(value, owner, context, depth + 1)
        if (behind.length > 0) return behind
      }
      const name = value.op === 'name' ? value.name : given.name
      const question = askedByName(name, context) ?? askedByName(given.name, context)
      return question === null ? [] : [{ question, onWhen: !question.inverted, span: given.span, sure: true }]
    }
    case 'other':
      return []
  }
}

function unsure(answer: Answer): Answer {
  return { ...answer, sure: false }
}
