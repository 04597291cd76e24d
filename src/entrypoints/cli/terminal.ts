/** What the terminal can show. Only the terminal report depends on it; every other format is the same everywhere. */
export interface TerminalStyle {
  readonly width: number
  readonly color: boolean
  readonly unicode: boolean
}

const WIDTH_WITHOUT_TERMINAL = 100

/** @param stream null for a file */
export function terminalStyle(
  stream: { readonly isTTY?: boolean; readonly columns?: number } | null,
  env: Readonly<Record<string, string | undefined>>,
): TerminalStyle {
  const isTerminal = stream?.isTTY === true
  return {
    width: (isTerminal ? stream?.columns : undefined) || WIDTH_WITHOUT_TERMINAL,
    color: wantsColor(isTerminal, env),
    unicode: !isTerminal || (env.TERM !== 'linux' && env.TERM !== 'dumb'),
  }
}

/** `FORCE_COLOR` is the stronger wish, as in Node itself; then `NO_COLOR` (no-color.org); then whether a person is there. */
function wantsColor(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  const forced = env.FORCE_COLOR
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false'
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  return isTerminal && env.TERM !== 'dumb'
}
