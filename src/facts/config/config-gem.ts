import type { EnvRead } from './env-reads.ts'
import { answerOf } from './read-form.ts'

/** Files of the `config` gem of Ruby: `config/settings.yml`, `config/settings/production.yml`. */
export const SETTINGS_FILE = /(?:^|\/)config\/settings(?:\/[\w-]+)?\.ya?ml$/

const READ = /\bSettings((?:\.[a-z_]\w{0,60}){2,8})([?!(]?)/g
/** What may be called on a value; the key ends before it. */
const METHOD =
  /^(?:to_\w+|present|presence|blank|nil|empty|any|fetch|dig|map|each\w*|keys|values|first|last|split|include|freeze|dup|merge|join|size|length|count|days?|hours?|minutes?|seconds?|months?|years?|weeks?|strip|downcase|upcase|constantize|sub|gsub|select|reject|find|filter|sum|min|max|sort\w*|try|then|tap|with_indifferent_access|deep_\w+|symbolize_\w+|key|has_key|ago|from_now|html_safe|humanize|titleize|reload|add_source|concat|sample|zip|flat_map|slice|except|pluck|compact|uniq|values_at|start_with|end_with|match|in|is_a|class|respond_to|send|public_send|floor|ceil|round|abs)$/

/** Keys that Ruby takes from the `config` gem, as `Settings.pay.url`: nothing is there unless a file of settings has it. */
export function settingsReads(code: string, bare: string, lineOf: (offset: number) => number): readonly EnvRead[] {
  return [...code.matchAll(READ)].flatMap((match): readonly EnvRead[] => {
    if (bare.charAt(match.index) !== code.charAt(match.index)) return []
    const segments = (match[1] ?? '').slice(1).split('.')
    if (match[2] !== '') segments.pop()
    const method = segments.findIndex((segment) => METHOD.test(segment))
    const key = method < 0 ? segments : segments.slice(0, method)
    if (key.length < 2) return []
    const name = key.join('.')
    const end = match.index + 'Settings.'.length + name.length
    const answer = answerOf({ name, form: 'plain' }, code, match.index, end)
    if (answer === null) return []
    const asked =
      match[2] === '?' || /^\s*(?:&\.|\.(?:presence|try|blank\?|present\?|nil\?))/.test(code.slice(end, end + 20))
    return [{ name, line: lineOf(match.index), kind: 'setting', ...answer, ...(asked ? { form: 'optional' } : {}) }]
  })
}
