import type { ErrorPath, TestCase } from '../../facts/code/code-facts.ts'

/** Shorter or one-word messages occur everywhere. Characters. */
const MIN_MESSAGE = 10

/** The status that web frameworks answer when an error of this name leaves a handler. */
const STATUSES: readonly (readonly [RegExp, readonly number[]])[] = [
  [/NotFound|DoesNotExist|Http404|NoSuch/, [404]],
  [/Validation|BadRequest|Invalid|Parse|Malformed/, [400, 422]],
  [/PermissionDenied|Forbidden|NotPermitted|AccessDenied/, [403]],
  [/Unauthori[sz]ed|NotAuthenticated|Authentication(?:Failed|Failure|Required)/, [401]],
  [/Conflict|AlreadyExists/, [409]],
  [/Throttl|RateLimit|TooMany/, [429]],
]

function statusesOfType(type: string): readonly number[] {
  return STATUSES.find(([name]) => name.test(type))?.[1] ?? []
}

/** How the failure of a test is known to be this one; `other` when it is known not to be. */
export type Match = 'message' | 'type' | 'status' | 'unknown' | 'other'

/** Whether the failure that a test asserts or injects is this one: by its message, type or status; or cannot be told. */
export function matchOf(path: ErrorPath, test: TestCase): Match {
  const { signature } = path
  const asserted = [test.assertsFailure, path.kind === 'raise' ? null : test.injectsFailure].filter(
    (one) => one !== null,
  )
  const types = asserted.flatMap((one) => one.types)
  const statuses = asserted.flatMap((one) => one.statuses)
  const messages = asserted.flatMap((one) => one.messages).filter(isTelling)
  const own = signature.messages.filter(isTelling)
  if (own.some((message) => messages.some((other) => message.includes(other) || other.includes(message))))
    return 'message'
  if (own.some((message) => [...test.strings].some((text) => text.includes(message)))) return 'message'
  if (sharesCode(path, test)) return 'message'
  const known = signature.types.filter((type) => !isGeneral(type))
  if (known.some((type) => isShown(type, path, test))) return 'type'
  const answers = [...signature.statuses, ...signature.types.flatMap(statusesOfType)]
  if (answers.some((status) => statuses.includes(status))) return 'status'
  const specific = types.filter((type) => !isGeneral(type))
  if (known.length > 0 && specific.length > 0) return 'other'
  if (signature.statuses.length > 0 && statuses.length > 0) return 'other'
  // What a handler writes to a log is not what comes in.
  const said = (test.assertsFailure?.messages ?? []).filter(isTelling)
  if (own.length > 0 && said.length > 0 && specific.length === 0 && known.length === 0 && !isOnlyLogged(path))
    return 'other'
  return 'unknown'
}

function isOnlyLogged({ kind, outcome }: ErrorPath): boolean {
  return kind !== 'raise' && outcome !== 'translate' && outcome !== 'respond'
}

/**
 * What is raised is shown by asserting it, and not by a double that raises it elsewhere; what is caught is shown by
 * making it happen, and not by asserting that somebody else raises it.
 */
function isShown(type: string, path: ErrorPath, test: TestCase): boolean {
  const injected = test.injectsFailure?.types.includes(type) === true
  const asserted = test.assertsFailure?.types.includes(type) === true
  if (path.kind === 'raise') return asserted || (test.names.has(type) && !injected)
  if (injected) return true
  return path.catches.includes(type) && path.outcome !== 'propagate' ? false : asserted || test.names.has(type)
}

/** The work is to be tried again, later: `raise self.retry()`, `throw new BackoffError()`, or by calling itself after a pause. */
export function asksAgain(path: ErrorPath): boolean {
  const raised = path.signature.types.filter((type) => !path.catches.includes(type))
  const itself = (path.owner ?? '').split('.').at(-1) ?? ''
  const calls =
    path.calls.includes('retry') || (path.calls.includes(itself) && path.calls.some((call) => PAUSE.test(call)))
  return path.kind === 'handler' && (calls || raised.some((type) => /Retry|Backoff|TryAgain/.test(type)))
}

/** Between one try and the next. */
const PAUSE = /^(?:backoff|delay|pause|sleep|Sleep|wait|setTimeout)$/

/** `ErrorCodeInsufficientAAL` is `insufficient_aal` in what a client gets. */
function sharesCode({ tokens }: ErrorPath, test: TestCase): boolean {
  const codes = tokens.flatMap((token) => CODE.exec(token)?.[1]?.toLowerCase() ?? [])
  return codes.length > 0 && [...test.strings].some((text) => codes.includes(text.replace(/[-_]/g, '').toLowerCase()))
}

const CODE = /^(?:\w*Err(?:or)?)?Code([A-Z]\w{5,})$/

function isTelling(message: string): boolean {
  return message.length >= MIN_MESSAGE && /[\s_./-]/.test(message)
}

function isGeneral(type: string): boolean {
  return /^(?:Error|Exception|BaseException|TypeError|ValueError|RuntimeError|KeyError|AttributeError|DoesNotExist|NotFound|ValidationError|AppError|ApiError|APIError|HttpError|HTTPException|HttpException|GraphQLError|OSError|IOError|IsNotFound|Status[A-Z]\w*)$/.test(
    type,
  )
}
