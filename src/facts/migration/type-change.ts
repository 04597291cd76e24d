/**
 * Whether every value of a column survives a change of its type. `to-text`: it does, but what comes in from now on need not be a number
 * (a time, …) any more, and who compares it with one has to say so.
 */
export type TypeChange = 'same' | 'wider' | 'narrower' | 'to-text' | 'unknown'

interface Shape {
  readonly family: 'integer' | 'text' | 'decimal' | 'float' | 'time' | 'bool' | 'uuid' | 'json' | 'binary' | 'other'
  /** Room within the family; text without a limit has no end of it. */
  readonly room: number
  readonly name: string
}

const INTEGERS: Readonly<Record<string, number>> = {
  tinyint: 1,
  smallint: 2,
  int2: 2,
  smallinteger: 2,
  smallintegerfield: 2,
  positivesmallintegerfield: 2,
  mediumint: 3,
  mediuminteger: 3,
  int: 4,
  int4: 4,
  integer: 4,
  serial: 4,
  integerfield: 4,
  positiveintegerfield: 4,
  autofield: 4,
  foreignkey: 4,
  onetoonefield: 4,
  bigint: 8,
  int8: 8,
  biginteger: 8,
  bigserial: 8,
  bigintegerfield: 8,
  bigautofield: 8,
  biginc: 8,
  bigincrements: 8,
  increments: 4,
  foreignid: 8,
  unsignedbiginteger: 8,
  unsignedinteger: 4,
}
const TEXTS: Readonly<Record<string, number>> = {
  char: 1,
  bpchar: 1,
  character: 1,
  nchar: 1,
  varchar: 255,
  'character varying': Number.POSITIVE_INFINITY,
  nvarchar: 255,
  string: 255,
  charfield: 255,
  slugfield: 50,
  urlfield: 200,
  emailfield: 254,
  tinytext: 255,
  text: Number.POSITIVE_INFINITY,
  citext: Number.POSITIVE_INFINITY,
  textfield: Number.POSITIVE_INFINITY,
  mediumtext: 16_777_215,
  longtext: Number.POSITIVE_INFINITY,
  ntext: Number.POSITIVE_INFINITY,
}
const FLOATS: Readonly<Record<string, number>> = {
  real: 4,
  float4: 4,
  float: 8,
  float8: 8,
  double: 8,
  'double precision': 8,
  floatfield: 8,
}
/** A time with a zone knows more than one without, and both know more than a date. Below that, digits of a second count. */
const TIMES: Readonly<Record<string, number>> = {
  date: 10,
  datefield: 10,
  timestamp: 20,
  datetime: 20,
  datetime2: 20,
  naive_datetime: 20,
  utc_datetime: 20,
  naive_datetime_usec: 26,
  utc_datetime_usec: 26,
  'timestamp without time zone': 20,
  datetimefield: 30,
  timestamptz: 30,
  'timestamp with time zone': 30,
  datetimetz: 30,
  timestamptzfield: 30,
}

/** Compares two types as written in any dialect or framework. Sources: the lossless casts of PostgreSQL and MySQL. */
export function compareTypes(from: string | null, to: string | null): TypeChange {
  if (to === null) return 'unknown'
  const head = shapeOf(to)
  if (from === null) return isRoomy(head) ? 'wider' : 'unknown'
  const base = shapeOf(from)
  if (base.name === head.name && base.room === head.room) return 'same'
  if (base.family === head.family && base.family !== 'other') return byRoom(base.room, head.room)
  if (head.family === 'text' && head.room >= 255 && base.family !== 'binary')
    return base.family === 'other' ? 'wider' : 'to-text'
  if (base.family === 'text' || head.family === 'bool') return 'narrower'
  if (base.family === 'integer' && (head.family === 'decimal' || head.family === 'float')) return 'wider'
  if (base.family === 'decimal' && head.family === 'integer') return 'narrower'
  if (base.family === 'float' && head.family !== 'float') return 'narrower'
  return 'unknown'
}

function byRoom(from: number, to: number): TypeChange {
  if (from === to) return 'same'
  return to > from ? 'wider' : 'narrower'
}

/** Types that nothing is lost in, whatever the column was before. */
function isRoomy(shape: Shape): boolean {
  return (
    (shape.family === 'text' && shape.room === Number.POSITIVE_INFINITY) ||
    (shape.family === 'integer' && shape.room === 8) ||
    (shape.family === 'time' && shape.room % 10 === 6)
  )
}

function shapeOf(type: string): Shape {
  const text = type.toLowerCase().trim()
  const open = text.indexOf('(')
  const name = (open < 0 ? text : text.slice(0, open)).trim()
  const sizes = open < 0 ? [] : [...text.slice(open).matchAll(/\d+/g)].map((match) => Number(match[0]))
  const size = sizes[0]
  if (Object.hasOwn(INTEGERS, name)) return { family: 'integer', room: INTEGERS[name] ?? 4, name: 'integer' }
  if (Object.hasOwn(TEXTS, name)) {
    const isMax = /\(\s*max\s*\)/.test(text)
    return { family: 'text', room: isMax ? Number.POSITIVE_INFINITY : (size ?? TEXTS[name] ?? 255), name: 'text' }
  }
  if (/^(?:decimal|numeric|decimalfield|dec|money)$/.test(name)) {
    if (size === undefined) return { family: 'decimal', room: Number.POSITIVE_INFINITY, name }
    return { family: 'decimal', room: (size - (sizes[1] ?? 0)) * 100 + (sizes[1] ?? 0), name }
  }
  if (Object.hasOwn(FLOATS, name)) return { family: 'float', room: FLOATS[name] ?? 8, name }
  if (Object.hasOwn(TIMES, name)) return { family: 'time', room: (TIMES[name] ?? 20) + (size ?? 0), name }
  if (/^(?:bool|boolean|booleanfield|nullbooleanfield|bit)$/.test(name))
    return { family: 'bool', room: 1, name: 'bool' }
  if (/^uuid/.test(name)) return { family: 'uuid', room: 1, name: 'uuid' }
  if (/^jsonb?(?:field)?$/.test(name)) return { family: 'json', room: 1, name: 'json' }
  if (/^(?:bytea|blob|longblob|binary|varbinary|binaryfield)$/.test(name))
    return { family: 'binary', room: size ?? 1, name }
  return { family: 'other', room: size ?? 0, name }
}
