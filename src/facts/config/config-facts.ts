import type { ChangedFile, Location } from '../../change/change.ts'
import type { TemplateReads } from './chart-templates.ts'
import type { CodeSwitch } from './code-switches.ts'
import type { ParsedConfig } from './config-entry.ts'
import type { ConfigKind } from './config-family.ts'
import type { EnvRead } from './env-reads.ts'
import type { Environment } from './environments.ts'
import type { Inherited } from './inherited.ts'
import type { MovedAddress } from './moved-addresses.ts'
import type { ObjectKeys } from './object-keys.ts'
import type { ReadForm } from './read-form.ts'

/** One configuration file of one revision. */
export interface ConfigFile {
  readonly path: string
  readonly kind: ConfigKind
  readonly environment: Environment | null
  /** Files with the same group are siblings: one path with the environment taken out. */
  readonly group: string
  readonly parsed: ParsedConfig
}

export interface ChangedConfig {
  readonly file: ChangedFile
  /** Null when it did not exist on that side. */
  readonly base: ConfigFile | null
  readonly head: ConfigFile | null
}

export interface ReadsOfFile {
  readonly file: ChangedFile
  readonly base: readonly EnvRead[]
  readonly head: readonly EnvRead[]
}

export interface SwitchesOfFile {
  readonly file: ChangedFile
  readonly base: readonly CodeSwitch[]
  readonly head: readonly CodeSwitch[]
}

/** Where a name that the change is about stands in a file that defines or documents such names. */
export interface Mention {
  readonly at: Location
  /** defined: a value is given. default: the application's own configuration has one for all environments. example: shown to people. documented: prose. passed: a pipeline or manifest hands it on. */
  readonly how: 'defined' | 'default' | 'example' | 'documented' | 'passed'
}

/** A read in an unchanged file of the head tree. */
export interface PlacedRead {
  readonly at: Location
  readonly form: ReadForm
}

export interface ConfigFactsOfChange {
  /** Changed configuration files, in path order. */
  readonly files: readonly ChangedConfig[]
  /** Unchanged files of the same groups, head tree, in path order. */
  readonly siblings: readonly ConfigFile[]
  /** Per group of a changed file: the files elsewhere that its environments inherit from. */
  readonly inherits: ReadonlyMap<string, Inherited>
  /** Changed source files that read variables, in path order. */
  readonly reads: readonly ReadsOfFile[]
  /** Per name newly read or no longer defined: where the head tree defines or documents it, at most a few each. */
  readonly mentions: ReadonlyMap<string, readonly Mention[]>
  /** Per such name: where unchanged code that holds settings reads it. */
  readonly readElsewhere: ReadonlyMap<string, readonly PlacedRead[]>
  /** Base values of the charts whose templates changed, by the folder of the chart. */
  readonly chartValues: ReadonlyMap<string, ConfigFile>
  /** Values laid over those of such a chart that lie in its folder, changed ones too, by the folder of the chart. */
  readonly chartOverlays: ReadonlyMap<string, readonly ConfigFile[]>
  /** Unchanged templates of the charts whose base values lost something. */
  readonly templates: readonly TemplateReads[]
  /** ConfigMaps and Secrets of the manifests that were read, and who takes their keys; empty when no such key is in question. */
  readonly objectKeys: ObjectKeys
  /** Addresses that left the code for settings. */
  readonly moved: readonly MovedAddress[]
  /** Per such setting: where a module of settings gives it an address of this machine. */
  readonly localDefaults: ReadonlyMap<string, Location>
  /** Changed source files whose code switches protections off, on either side. */
  readonly switches: readonly SwitchesOfFile[]
  /** Lines of changed source files that gained a credential by its own form. */
  readonly credentials: readonly Location[]
  /** Files of the head tree where variables are shown or set, so that a new one would be expected there. */
  readonly places: readonly string[]
  /** A manifest of the head tree hands a whole secret to a container: names that stand nowhere may be in it. */
  readonly takenWhole: boolean
  /** Files looked through for mentions; `truncated` when there were more, or no listing to choose from. */
  readonly searched: { readonly files: number; readonly truncated: boolean }
  /** Names of environments that the policy adds. */
  readonly environments: readonly string[]
}
