import type { CodeFacts, ImportFact } from '../code/code-facts.ts'
import type { Argument, Binding, Condition } from '../code/code-shape.ts'
import type { Catalog, FlagTool } from './catalog.ts'
import { fitsAny, hasWord, importsAny, importsWord, lastPart, receiverOf } from './name-match.ts'

/** Which flag is asked, and how. */
export interface FlagQuestion {
  readonly tool: string
  readonly key: string | null
  readonly live: boolean
  /** `isOff('x')`: true means off. */
  readonly inverted: boolean
  readonly fallback: boolean | null
}

/** What one file can know of flags. */
export interface FlagContext {
  readonly tools: readonly FlagTool[]
  /** Names that come from a module of the repository about flags: `../lib/feature-flags`. */
  readonly ownNames: ReadonlySet<string>
  readonly bindings: ReadonlyMap<string, readonly Binding[]>
  /** Dotted names a team's policy adds: `flags.isOn`. */
  readonly calls: readonly string[]
}

export function flagContext(facts: CodeFacts, catalog: Catalog, calls: readonly string[]): FlagContext {
  const bindings = new Map<string, Binding[]>()
  for (const binding of facts.shape.bindings)
    bindings.set(binding.name, [...(bindings.get(binding.name) ?? []), binding])
  return {
    tools: catalog.flags.filter(
      (tool) =>
        tool.languages.some((language) => language === facts.language) &&
        (importsAny(facts.imports, tool.modules) || importsWord(facts.imports, tool.words)),
    ),
    ownNames: new Set(facts.imports.filter(isFlagModule).flatMap((one) => one.names)),
    bindings,
    calls,
  }
}

const OWN_WORDS = ['feature flag', 'feature toggle', 'feature gate', 'feature switch', 'flag resolver']

/** A module of flags: it says so in two words, or its own name is nothing but `flags`. */
function isFlagModule({ module }: ImportFact): boolean {
  const own = module.slice(Math.max(module.lastIndexOf('/'), module.lastIndexOf('.')) + 1)
  if (/^(?:flags?|toggles?|featureflags?)$/i.test(own)) return true
  return OWN_WORDS.some((word) => hasWord(module, word))
}

/** The flag that a call asks; null when it asks none. */
export function askedByCall(callee: string, args: readonly Argument[], context: FlagContext): FlagQuestion | null {
  if (callee.length > 300) return null
  const name = lastPart(callee)
  if (context.calls.some((one) => callee === one || callee.endsWith(`.${one}`)))
    return question('in-house flags', keyOf(args, 0), fallbackOf(args, 1), false)
  for (const tool of context.tools)
    if (tool.checks.includes(name))
      return question(tool.title, keyOf(args, tool.key), fallbackOf(args, tool.fallback), /off$/i.test(name))
  return isOwnFlagCall(callee, name, context)
    ? question('in-house flags', keyOf(args, 0), fallbackOf(args, 1), /off$|disabled$/i.test(name))
    : null
}

function question(tool: string, key: string | null, fallback: boolean | null, inverted: boolean): FlagQuestion {
  return { tool, key, live: true, inverted, fallback }
}

const ASKING =
  /^(?:is_?(?:feature_?|flag_?|toggle_?|gate_?)?(?:flag_?)?(?:enabled|on|off|active|disabled)|(?:feature|flag|toggle|gate|ff)_?(?:flag_?)?(?:is_?)?(?:enabled|on|active)|has_?feature(?:_?flag)?|check_?(?:flag|gate|feature)|get_?(?:feature_?)?(?:flag|variant|treatment|toggle)\w*|use_?(?:feature_?)?(?:flag|toggle|experiment|gate|ui_?flag)\w*|enabled|variation|has)$/i
const SAYS_FLAG =
  /^(?:is|has|check|use|get|can_?use)?_?\w*(?:feature_?flag|feature_?toggle|feature_?enabled|flag_?enabled|feature_?gate)\w*$/i

/** A call whose name asks and whose receiver, name or module says flag. `button.isEnabled()` says nothing of the kind. */
function isOwnFlagCall(callee: string, name: string, context: FlagContext): boolean {
  const root = callee.split('.')[0] ?? callee
  if (isGuardName(name) || (name === 'get' && KEPT_FLAGS.test(lastPart(receiverOf(callee))))) return true
  if (
    SAYS_FLAG.test(name) &&
    !/^(?:create|update|delete|set|save|remove|list|add|fetch|load|render|toggle)/i.test(name)
  )
    return true
  if (!ASKING.test(name)) return context.ownNames.has(callee) && /^(?:is|has|check|use|get|can|should)/i.test(name)
  const receiver = receiverOf(callee)
  return (
    context.ownNames.has(root) ||
    (receiver !== '' &&
      ['feature', 'flag', 'toggle', 'gate', 'experiment', 'ff', 'unleash', 'flagsmith'].some((word) =>
        hasWord(receiver, word),
      ))
  )
}

/** What a team keeps of flags for each customer: `organization.feature_settings.get('seats')`. Features of a map are none. */
const KEPT_FLAGS = /^_?(?:feature_?(?:settings|flags|toggles|gates)|flags|toggles)$/i

const GUARD =
  /^_?(?:check|ensure|assert|require|verify|enforce|guard|abort|throw|raise|fail)_?\w*(?:feature|flag|toggle|[Ee]nabled)(?:_?\w*(?:enabled|access|flag|active|available|allowed|or_\w+|Or[A-Z]\w+))?$/i

/** It throws or answers by itself while the feature is off: `check_seat_feature_enabled(organization)`. */
export function isGuardName(name: string): boolean {
  return GUARD.test(name)
}

const SETTING_ROOT =
  /^(?:process\.env|import\.meta\.env|env|settings|config|cfg|conf|options|opts|flags|features|FEATURES|(?:ctx|context|c|req|request)\.(?:flags|features)|\w*[cC]onfig|\w*[sS]ettings|\w*[fF]lags|\w*[fF]eatures)\b/
const SETTING_WORDS = [
  'feature',
  'flag',
  'enable',
  'enabled',
  'disable',
  'disabled',
  'experiment',
  'beta',
  'rollout',
  'toggle',
  'ff',
  'use',
  'allow',
]

/** The setting or variable that a name stands for, when it says that it switches something. */
export function askedByName(name: string, context: FlagContext): FlagQuestion | null {
  const last = lastPart(name)
  const words = SETTING_WORDS.filter((word) => hasWord(last, word))
  const rooted = SETTING_ROOT.test(name) && name.includes('.')
  const inFlags = rooted && ['flag', 'feature', 'toggle', 'experiment'].some((word) => hasWord(receiverOf(name), word))
  const plain = ['feature flag', 'flag enabled', 'feature enabled', 'experiment', 'enabled'].some((word) =>
    hasWord(last, word),
  )
  const constant = /^[A-Z][A-Z0-9_]+$/.test(last) && words.length > 0
  if (!inFlags && !(rooted && words.length > 0) && !plain && !constant && !context.ownNames.has(name)) return null
  return { tool: 'settings', key: last, live: false, inverted: /disable/i.test(last), fallback: null }
}

/** A string, a constant's name, or a list's first; null when the key is put together, or handed over in a variable. */
function keyOf(args: readonly Argument[], at: number): string | null {
  const value = args[at]?.value
  if (value?.is === 'text') return value.text
  if (value?.is === 'name') {
    if (isConstant(value.name)) return lastPart(value.name)
    // `flag_is_active(request, 'x')`, `client.Boolean(ctx, "x", …)`: who asks stands first.
    const next = args[at + 1]?.value
    return next?.is === 'text' ? next.text : next?.is === 'name' && isConstant(next.name) ? lastPart(next.name) : null
  }
  if (value?.is === 'record') {
    const key = value.entries.find((one) => one.key === 'flagKey' || one.key === 'key')?.value
    return key?.is === 'text' ? key.text : null
  }
  const first = value?.is === 'list' ? value.items[0] : undefined
  return first?.is === 'text' ? first.text : null
}

/** `NEW_NAV`, `Flags.NewNav`, `flags.newNav`: no name of a variable that may hold any key, and no field of a record. */
function isConstant(name: string): boolean {
  if (!/^[\w.]+$/.test(name) || /(?:^|[._])(?:key|flag|name|id|value)$|(?:Key|Flag|Name|Id)$/.test(name)) return false
  if (/^[A-Z]/.test(lastPart(name))) return true
  const receiver = receiverOf(name)
  return receiver !== '' && (/^[A-Z]/.test(lastPart(receiver)) || NAMES_FLAGS.test(receiver))
}

const NAMES_FLAGS = /(?:^|[._])\w*(?:[fF]lags?|[fF]eatures?|[tT]oggles?|[eE]xperiments?|[gG]ates?|FLAGS|FEATURES)$/

function fallbackOf(args: readonly Argument[], at: number | undefined): boolean | null {
  const named = args.find(({ key }) => key === 'default' || key === 'fallback' || key === 'default_value')?.value
  const value = named ?? (at === undefined ? undefined : args[at]?.value)
  if (value?.is !== 'literal' || !/^(?:true|false)$/i.test(value.text)) return null
  return value.text.toLowerCase() === 'true'
}

/** Names gates and wrappers are known by: `requireFlag('x')`, `withFeature`, `<FeatureFlag>`. */
export function isFlagWrapper(callee: string, context: FlagContext): boolean {
  const name = lastPart(callee)
  return (
    context.tools.some((tool) => fitsAny(tool.wrappers, name)) ||
    /^(?:require|with|when|only_?if|guard|ensure|gate|check|if)_?(?:\w*_?)?(?:feature|flag|toggle)\w*$/i.test(name) ||
    /^(?:feature|flag)_?(?:flag|toggle|gate|guard|flagged|required|wrapper|provider_?gate)?(?:_?(?:middleware|required|guard|gate|decorator))?$/i.test(
      name,
    ) ||
    /(?:FeatureFlag|FeatureGate|FeatureToggle|FlagGuard|IfFeature\w*)$/.test(name)
  )
}

/** A name that is bound to a condition, in the same function or above it. At most two steps. */
export function resolved(condition: Condition, owner: string | null, context: FlagContext, steps = 2): Condition {
  if (condition.op !== 'name' || steps === 0) return condition
  const known = context.bindings.get(condition.name)
  const binding = known?.find((one) => one.owner === owner) ?? known?.find((one) => one.owner === null) ?? known?.[0]
  if (binding === undefined) return condition
  const value = resolved(binding.value, owner, context, steps - 1)
  if (value.op !== 'call' || binding.key === null) return value
  return { ...value, args: [{ key: null, value: { is: 'text', text: binding.key } }, ...value.args] }
}
