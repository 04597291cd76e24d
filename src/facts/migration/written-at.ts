/**
 * When a migration was written, as its name says, in milliseconds of UTC; null where the name holds no time. Written are `20261101093000_a`,
 * `2026_11_01_093000_a`, `2026-11-01-0930_a`, `20261101_a`, and seconds or milliseconds since 1970.
 */
export function writtenAt(path: string): number | null {
  const name =
    path
      .split('/')
      .toReversed()
      .find((part) => /\d{4}/.test(part)) ?? ''
  const date =
    /(?<!\d)(20\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?:[-_T]?([01]\d|2[0-3])([0-5]\d)(?:[0-5]\d)?)?/.exec(
      name,
    )
  if (date !== null) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = date.slice(1).map((part) => Number(part ?? 0))
    return Date.UTC(year, month - 1, day, hour, minute)
  }
  const epoch = /(?<!\d)(1\d{9})(\d{3})?(?!\d)/.exec(name)
  return epoch === null ? null : Number(epoch[1]) * 1_000
}

const DAY = 24 * 3_600_000

/** Whether a migration is at most a day old by its name, measured at the date of the change: then hardly anything ran it. */
export function isYoung(path: string, asOf: string | null): boolean {
  const at = writtenAt(path)
  const now = asOf === null ? Number.NaN : Date.parse(asOf)
  return at !== null && now - at <= DAY
}
