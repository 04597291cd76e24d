import { askOnce } from './ask-once.ts'

/** Names that mean the same in every language: the field's logging, reporting and status vocabulary. Text in, verdict out. */

/** Receivers of logging and error reporting; matched against the called expression's text. */
const LOGGER =
  /^(?:await )?(?:(?:this|self|cls|ctx|context|req|request|c|r|s|a|app|fastify|server|current_app|h|ctrl|m)\.)*_?(?:log|logger|logging|logr|console|winston|pino|bunyan|debug|slog|zap|logrus|klog|glog|zerolog|sugar|structlog|traceback|sentry_sdk|sentry|bugsnag|rollbar|newrelic|honeybadger|warnings|print|println|capture(?:_?exception)?|capture_?message|log_?error|log_?warning|log_?exception|report(?:_?error)?|notice_?error)(?:ctx|entry)?(?:\(|\.|$)/i
const LOG_CTX =
  /(?:^|\.)(?:log|logger|logctx|loggerctx|getlogger|fromcontext)\b[^()]*\(.*\)\.(?:trace|debug|info|warn|warning|error|exception|critical|fatal|log|errorf|warnf|infof|debugf)$/i
const LOG_METHOD =
  /(?:^|\.)(?:_|\w+_)?(?:log|logger|LOG|LOGGER|logCtx|logEntry|entry|sugar|slog|span)\.(?:trace|debug|info|warn|warning|error|exception|critical|fatal|log|errorf|errf?|warnf|infof|debugf|warningf|errorw|warnw|audit_?(?:err|info)\w*|recordException|record_exception|RecordError)$/i
const LOG_FUNCTION =
  /^(?:(?:this|self)\.)?_?log(?!In|Out|ical)[A-Z]\w*$|(?:^|\.)[lL]og(?:Error|Err|Warn|Warning|Exception|Failure)[A-Z_]?\w*$/
/** A logger of one letter is as often something else: `l.pool.Put(buf)`. */
const SHORT_LOGGER =
  /^(?:l|lg)(?:\(\))?\.(?:trace|debug|info|warn|error|exception|critical|fatal|panic|print|log|with|err)/i
const FMT_PRINT = /^fmt\.(?:Print|Fprint)(?:f|ln)?$/

/** A call that writes a log line or reports an error; `callee` is the called expression's text. */
export const isReportCall = askOnce((callee) => {
  if (callee === '') return false
  const text = callee.slice(0, 300)
  return (
    LOGGER.test(text) ||
    SHORT_LOGGER.test(text) ||
    LOG_METHOD.test(text) ||
    LOG_FUNCTION.test(text) ||
    FMT_PRINT.test(text) ||
    LOG_CTX.test(text)
  )
})

const ANSWER_RECEIVER =
  /(?:^|\.)(?:toast|message|messages|notification|notifications|notify|snackbar|alert|flash|Toast|Message|Notification|ElMessage|Snackbar|AlertService|toastr|ui|cmd)\b/
const ANSWER_METHOD =
  /(?:^|\.)(?:error|warn|warning|danger|failure|showError|show_error|open|add|create|show|stderr|fail)$/
const ANSWER_NAME =
  /(?:^|\.)(?:set\w*(?:Error|Errors|Failed|Failure|ErrorMessage|Warning)\w*|(?:[sS]how|[dD]isplay|[rR]ender|[hH]andle|[sS]end|[wW]rite|return|[pP]ush|[rR]espond\w*|build|make|create|format|on)_?\w*(?:Error|Failure|_error|_failure|Toast|Alert)\w*|add_error|add_errors|message_user|add_?[iI]ssue|add_failed_\w+|mark\w*(?:Failed|Invalid|Error)|mark_\w*(?:failed|invalid|error)\w*|alert|fail|bail|abort|AbortWith\w*|http\.Error|http\.NotFound|send_error|badRequest\w*|notFound\w*|forbidden\w*|unauthorized\w*|internalServerError\w*|notAuthenticated\w*|SetCondition\w*|RespondWith\w*Error|Error\w*Response|\w+ErrorResponse|\w+_error_response|setStatus\w*)$/

/** A call that tells a person or a client of the failure. */
export const isAnswerCall = askOnce((callee) => {
  const text = callee.slice(0, 300)
  return (ANSWER_RECEIVER.test(text) && ANSWER_METHOD.test(text)) || ANSWER_NAME.test(text)
})

const CLEANUP =
  /(?:^|\.)(?:close|Close|clear\w*|abort|cancel|Cancel|rollback|Rollback|unlink\w*|rm|rmSync|rmdir|Remove|RemoveAll|destroy|release|Release|dispose|cleanup\w*|Cleanup\w*|stop|Stop|end|reset\w*|unlock|Unlock|kill|Kill|terminate|disconnect|shutdown|Shutdown|remove\w*Listener|set(?:Is)?\w*(?:Loading|Submitting|Saving|Pending|Busy|Open|Processing)\w*|finish|finally|preventDefault|stopPropagation)$/

/** A call that gives something back or puts a screen in order; it decides nothing about the failure. */
export function isCleanupCall(callee: string): boolean {
  return CLEANUP.test(callee.slice(-200)) || /[pP]ool\.Put$/.test(callee)
}

const FAILURE_WORD =
  /(?:^|[^a-z])(?:err|errs|error|errors|exc|exception|fail|fails|failed|failure|failures|invalid|denied|expired|unable|unavailable|reject|rejected|rejects|unauthorized|unauthenticated|unhealthy|forbidden|timeout|missing|problem|problems)(?:$|[^a-z])/

/** The words of an identifier or text include one that means failure: `serverError`, `LOGIN_FAILED`, `is_invalid`. */
export function meansFailure(text: string): boolean {
  return FAILURE_WORD.test(words(text.slice(0, 400)))
}

/** Lower-case words of an identifier, parted by spaces: `HTTPError2` → `http error2`. */
export function words(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
}

/** The same with single spaces for all else, and one at both ends: `POST /refunds` → ` post refunds `. */
export function paddedWords(text: string): string {
  return ` ${words(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()} `
}

const ERROR_TYPE =
  /^[A-Z]\w*(?:Error|Exception|Failure|Fault|DoesNotExist|NotFound|Timeout|Denied|Invalid|Forbidden|Unauthorized|Conflict|Http404|Interrupt)$|^Err[A-Z]\w*$|^(?:Http404|StopIteration|KeyboardInterrupt|TimeoutExpired|CancelledError|AuthenticationFailed|NotAuthenticated)$/

/** An identifier that names an error type or a sentinel error. */
export const isErrorType = askOnce((name) => ERROR_TYPE.test(name) && !STATUS_NAME.test(name))

/** `StatusInternalServerError` and `SpanStatusInternalError` are statuses. */
const STATUS_NAME = /^(?:Span|HTTP|Http)?Status(?!Code|Error|Exception)[A-Z]/

const STATUS_BY_NAME: ReadonlyMap<string, number> = new Map([
  ['badrequest', 400],
  ['unauthorized', 401],
  ['notauthenticated', 401],
  ['paymentrequired', 402],
  ['forbidden', 403],
  ['permissiondenied', 403],
  ['notfound', 404],
  ['methodnotallowed', 405],
  ['requesttimeout', 408],
  ['conflict', 409],
  ['gone', 410],
  ['contenttoolarge', 413],
  ['requestentitytoolarge', 413],
  ['unprocessableentity', 422],
  ['toomanyrequests', 429],
  ['internalservererror', 500],
  ['servererror', 500],
  ['notimplemented', 501],
  ['badgateway', 502],
  ['serviceunavailable', 503],
  ['gatewaytimeout', 504],
])

/** A piece of each of these names, or digits: what has none is no status, and most names have none. */
const MAY_BE_STATUS =
  /[45]\d\d|allowed|authenticated|authorized|bad_?gateway|bad_?request|conflict|denied|entity|error|forbidden|found|gone|implemented|large|required|requests|time_?out|unavailable/i

/** HTTP status of a constant or a helper: `HTTP_404_NOT_FOUND`, `StatusNotFound`, `NOT_FOUND`, `notFoundResponse`. */
export function statusOfName(name: string): number | null {
  if (!MAY_BE_STATUS.test(name)) return null
  const digits = /(?:^|_)([45]\d\d)(?:_|$)/.exec(name)
  if (digits?.[1] !== undefined) return Number(digits[1])
  const bare = name
    .replace(/_/g, '')
    .toLowerCase()
    .replace(/^(?:new)?(?:http)?(?:status|response)?/, '')
  return (
    STATUS_BY_NAME.get(bare) ?? STATUS_BY_NAME.get(bare.replace(/(?:response|error|exception|result)$/, '')) ?? null
  )
}

/** A message of a failure that only a programming mistake can cause: nobody is asked to test it. */
export function meansProgrammingMistake(message: string): boolean {
  return /unreachable|not implemented|notimplemented|should never|should not happen|can't happen|cannot happen|invariant|exhaustive|must be used within|must specify|must be overridden|must be implemented|must implement|abstract|impossible|unsupported|expected but|\bbug\b/i.test(
    message,
  )
}
