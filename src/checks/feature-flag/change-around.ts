import type { Change, ChangedFile, Tree } from '../../change/change.ts'
import type { Behaviour, BehaviourOfChange, FlagGate } from '../../facts/behaviour/behaviour-facts.ts'
import { mountsOf } from '../../facts/behaviour/mounts.ts'
import { keyOf, type NewWayIn } from '../../facts/behaviour/new-ways-in.ts'
import { type ReachedCode, reachedFrom } from '../../facts/behaviour/reach.ts'
import { encloses } from '../../facts/code/code-shape.ts'
import { paddedWords } from '../../facts/code/failure-words.ts'
import { addsTimes } from './by-clock.ts'
import { isAsking, isWriting } from './is-writing.ts'
import { isInternal } from './named-risk.ts'
import { hasFlagPractice } from './practice.ts'

/** A new way in with the code that it runs. */
export interface FollowedWayIn {
  readonly way: NewWayIn
  readonly reached: readonly ReachedCode[]
}

/** What the change is, besides one way in. */
export interface ChangeAround {
  /** It brings a thing that was not there: a store of its own, and several ways to make and change what is in it. */
  readonly isNewThing: boolean
  /** Its title says that it is not for everybody yet. */
  readonly isUnfinished: boolean
  /** Questions to flags that no changed file asked before, and that no way in stands behind or runs. */
  readonly asksElsewhere: boolean
  /** The team has flags that can be turned. */
  readonly hasFlags: boolean
  /** It adds to a table of times: `crontab(…)`. */
  readonly addsTimes: boolean
  /** Lines of code added. */
  readonly added: number
  /** It touches what people look at. */
  readonly hasPage: boolean
  /** Its title says that it is for the team's own people. */
  readonly isForStaff: boolean
  /** Words of the flags that the repository has. */
  readonly flagWords: ReadonlySet<string>
}

export function followed(ways: readonly NewWayIn[], { files }: BehaviourOfChange): readonly FollowedWayIn[] {
  return ways.map((way) => ({ way, reached: reachedFrom(way.file.path, way.head, way.entry, files) }))
}

/** Ways to make, change and take away: fewer are a form of something that was there. */
const WAYS_OF_A_THING = 3
/** More come with a whole service, which was out before somewhere else or has nobody who calls it yet. */
const WAYS_OF_A_SERVICE = 30

export function changeAround(
  ways: readonly FollowedWayIn[],
  behaviour: BehaviourOfChange,
  { title, files, headTree }: Pick<Change, 'title' | 'files' | 'headTree'>,
): ChangeAround {
  const added = new Set(files.filter(({ base }) => base === null).map(({ path }) => path))
  const services = files.flatMap(({ path, base }) =>
    base === null && MANIFEST.test(path) && path.includes('/') ? [folderOf(path)] : [],
  )
  const own = ways.filter(
    ({ way, reached }) =>
      way.head.code !== null &&
      !services.some((folder) => way.file.path.startsWith(folder)) &&
      !isNextVersion(way.file.path, headTree) &&
      isAskedFor(way.entry) &&
      isWriting(way.entry, reached) &&
      !isAsking(way.entry) &&
      (added.has(way.file.path) || added.has(reached[0]?.path ?? '')),
  )
  return {
    isNewThing:
      own.length >= WAYS_OF_A_THING &&
      own.length <= WAYS_OF_A_SERVICE &&
      2 * goneWays(ways, behaviour) < own.length &&
      files.some(isNewStore),
    isUnfinished: UNFINISHED.test(title ?? ''),
    asksElsewhere: asksElsewhere(ways, behaviour),
    hasFlags: hasFlagPractice(behaviour),
    addsTimes: addsTimes(behaviour),
    added: behaviour.files.reduce((sum, { file, head }) => sum + (head?.code ? file.additions : 0), 0),
    hasPage: behaviour.files.some(({ file, head }) => head !== null && isShown(file.path)),
    isForStaff: isInternal(title ?? ''),
    flagWords: flagWordsOf(behaviour),
  }
}

/** A service that is new as a whole is called by nobody yet. */
const MANIFEST = /(?:^|\/)(?:package\.json|setup\.(?:py|cfg)|pyproject\.toml|go\.mod|requirements\.txt|[Dd]ockerfile)$/

/** With the slash at its end; '' for the top. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

/** `resources/v2/filings.py` beside `resources/filings.py`: the same thing in another version. */
function isNextVersion(path: string, tree: Tree | null): boolean {
  const at = /(?:^|\/)v([2-9])\//.exec(path)
  if (at === null || tree === null) return false
  const before = path.slice(0, at.index)
  const after = path.slice(at.index + at[0].length)
  return [`${before}/${after}`, `${before}/v${Number(at[1]) - 1}/${after}`].some((one) => tree.entries.has(one))
}

/** Writing ways in that are there no more: what took their place is the same thing in another shape. */
function goneWays(ways: readonly FollowedWayIn[], { files }: BehaviourOfChange): number {
  if (ways.length === 0) return 0
  const still = new Set(files.flatMap(({ head }) => (head?.entryPoints ?? []).map(keyOf)))
  return files.flatMap(({ base }) => (base?.entryPoints ?? []).filter((one) => one.writes && !still.has(keyOf(one))))
    .length
}

/** A title that says so: the change is released in another way. */
const UNFINISHED =
  /\b(?:feature[- ]?flag(?:s|ged)?|flagged|behind|beta|dark(?: launch)?|gated?|experiment|experimental|prototype|poc|spike|preview|wip|scaffold(?:ing)?|initial commit)\b/i

/** A table, a model, an entity: what is kept of a thing. */
function isNewStore({ path, role, base }: ChangedFile): boolean {
  if (base !== null || role === 'test' || role === 'generated') return false
  return (
    role === 'migration' ||
    /(?:^|\/)(?:migrations?|models?|entity|entities|repository|repositories)\/|\.(?:model|entity|repository)\.[jt]s$|[a-z]Model\.[jt]s$|(?:^|\/)models\.py$/.test(
      path,
    )
  )
}

/** Somebody outside asks for it, at a time of their own. A procedure of tRPC is called by pages. */
function isAskedFor({ kind, framework }: NewWayIn['entry']): boolean {
  return kind === 'route' || kind === 'action' || kind === 'resolver' || framework === 'tRPC'
}

/** Gates around a registration, and in what a way in runs, were judged for that way in. These stand where the feature begins. */
function asksElsewhere(ways: readonly FollowedWayIn[], { files }: BehaviourOfChange): boolean {
  const known = new Set(files.flatMap(({ base }) => live(base).map(({ key }) => key)))
  const run = ways.flatMap(({ reached }) => reached)
  const registered = ways.flatMap(({ way }) => [
    { path: way.file.path, span: way.entry.span },
    ...mountsOf(way.file.path, way.entry, files, 'head').map(({ path, site }) => ({ path, span: site.span })),
  ])
  return files.some(({ file, base, head }) => {
    const now = live(head)
    if (now.length <= live(base).length) return false
    return now
      .filter(({ key }) => key === null || !known.has(key))
      .filter(({ span }) => !run.some((one) => one.path === file.path && encloses(one.span, span)))
      .some(({ on, off }) =>
        [...on, ...off].every((side) => !registered.some((one) => one.path === file.path && encloses(side, one.span))),
      )
  })
}

function live(behaviour: Behaviour | null): readonly FlagGate[] {
  return (behaviour?.gates ?? []).filter((one) => one.live)
}

/** What people look at and click on. */
function isShown(path: string): boolean {
  return /\.(?:tsx|jsx|vue|svelte|html?|jinja2?|tmpl|templ|ejs|hbs)$/.test(path)
}

/** Of flags that are listed, of flags that the changed files ask or asked, and of settings that the change asks. */
function flagWordsOf({ files, practice }: BehaviourOfChange): ReadonlySet<string> {
  const asked = files.flatMap(({ base, head }) => [...(base?.gates ?? []), ...(head?.gates ?? [])])
  const keys = asked.flatMap(({ key }) => (key === null ? [] : [key]))
  const listed = [...practice.flagKeys.map(({ key }) => key), ...practice.listedFlags]
  return new Set([...keys, ...listed].flatMap(tellingWords))
}

/** Words that name a thing, each in the singular. */
export function tellingWords(text: string): readonly string[] {
  return paddedWords(text)
    .split(' ')
    .map((word) => word.replace(/s$/, ''))
    .filter((word) => word.length >= LEAST_WORD && !GENERAL.test(word))
}

/** Shorter words stand in many keys. Characters. */
const LEAST_WORD = 5
const GENERAL =
  /^(?:feature|flag|enabled?|disabled?|default|toggle|switch|active|value|create|update|delete|remove|public|private|service|system|support|custom|manage[rd]?|setting|account|project|version|description|string|number|boolean|required|object|route|router|controller|module|server|client|handler|action|viewset|mutation|query|organi[sz]ation|workspace|member|status|error|config|option|param|import|export|return|const|class|function|model|schema|response|request|internal|index|admin|users?|teams?)$/
