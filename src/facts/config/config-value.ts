import { isSecretKey } from './secrets.ts'
import { type Shape, shapeOf } from './shape.ts'

/**
 * A value that never leaves: what was written is private to the class, so that no message, log, cache or JSON form can hold it.
 * Others see its shape, and whether it equals another.
 */
export class ConfigValue {
  readonly #raw: string
  readonly shape: Shape
  /** Written in quotes, in a format where that makes it a string. */
  readonly quoted: boolean

  constructor(
    path: readonly string[],
    raw: string,
    options: { readonly quoted?: boolean; readonly secret?: boolean; readonly shape?: Shape } = {},
  ) {
    this.#raw = raw.trim()
    this.quoted = options.quoted ?? false
    this.shape = options.shape ?? shapeOf(raw, path.at(-1) ?? '', options.secret === true || isSecretKey(path))
  }

  sameAs(other: ConfigValue): boolean {
    return this.#raw === other.#raw
  }

  /** The other is this one with or without a slash at its end. */
  differsBySlashOnly(other: ConfigValue): boolean {
    return this.#raw !== other.#raw && withoutSlash(this.#raw) === withoutSlash(other.#raw)
  }

  /** The value of a key that names an environment (`on-profile: prod`); null when it is no single plain name. */
  environmentName(): string | null {
    return /^[A-Za-z][A-Za-z0-9-]{0,20}$/.test(this.#raw) ? this.#raw : null
  }

  toJSON(): Shape {
    return this.shape
  }
}

function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text
}
