import { lineIndex } from '../line-index.ts'
import { type CodeLanguage, codeText } from './code-text.ts'

/** A protection that code switches off by a literal, in the words of a well-known library. */
export interface CodeSwitch {
  readonly protection: 'tls-check' | 'hsts' | 'csrf' | 'cors' | 'cookie' | 'debug'
  readonly line: number
}

const ALL: readonly CodeLanguage[] = ['javascript', 'python', 'go', 'ruby', 'php', 'java', 'csharp', 'rust', 'elixir']

const SWITCHES: readonly (readonly [CodeSwitch['protection'], readonly CodeLanguage[], RegExp])[] = [
  [
    'tls-check',
    ['javascript'],
    /\brejectUnauthorized\s*:\s*false\b|\bNODE_TLS_REJECT_UNAUTHORIZED\b['"\]]{0,2}\s*=\s*['"]?0/g,
  ],
  [
    'tls-check',
    ['python'],
    /\bverify\s*=\s*False\b|\bssl\._create_unverified_context\b|\bcheck_hostname\s*=\s*False\b|\bssl\.CERT_NONE\b/g,
  ],
  ['tls-check', ['go'], /\bInsecureSkipVerify\s*[:=]\s*true\b/g],
  ['tls-check', ['ruby'], /\bVERIFY_NONE\b/g],
  ['tls-check', ['php'], /\bCURLOPT_SSL_VERIFY(?:PEER|HOST)\s*(?:,|=>)\s*(?:false|0)\b|['"]verify['"]\s*=>\s*false\b/g],
  ['tls-check', ['java'], /\bNoopHostnameVerifier\b|\bInsecureTrustManagerFactory\b/g],
  ['tls-check', ['csharp'], /\bDangerousAcceptAnyServerCertificateValidator\b/g],
  ['tls-check', ['rust'], /\bdanger_accept_invalid_(?:certs|hostnames)\(\s*true\b/g],
  ['hsts', ALL, /\binclude_?sub_?domains\s*(?:\(|[:=])\s*false\b/gi],
  [
    'csrf',
    ['java'],
    /\bcsrf\(\s*\)\s*\.disable\(|\bcsrf\(\s*\w{1,60}\s*->\s*\w{1,60}\.disable\(|\bcsrf\(\s*\w{1,60}::disable\b/g,
  ],
  [
    'cors',
    ALL,
    /Access-Control-Allow-Origin['"]\s*[,:]\s*['"]\*['"]|\ballowedOrigins\(\s*"\*"|\ballow_origins\s*=\s*\[\s*['"]\*['"]/g,
  ],
  ['cookie', ALL, /\bhttp_?only\s*[:=]\s*false\b/gi],
  ['debug', ['python'], /\bapp\.run\([^)\n]{0,200}\bdebug\s*=\s*True\b/g],
]

/** A setting is asked first, a few lines above: it is off where someone says so, and not everywhere. */
const ASKED =
  /\bif\b[^\n]{0,120}(?:getenv|environ|process\.env|ENV\[|ENV\.fetch)[^\n]{0,200}\n(?:[^\n]{1,200}\n){0,2}[^\n]{0,200}$/i

/** In order of lines. Comments are no code. */
export function codeSwitches(text: string, language: CodeLanguage): readonly CodeSwitch[] {
  // An interface that takes tokens and keeps no session cannot be tricked by a forged form.
  const stateless = /STATELESS|ResourceServer|[Bb]earer|oauth2|jwt/i.test(text)
  const wanted = SWITCHES.filter(
    ([protection, languages]) => languages.includes(language) && !(stateless && protection === 'csrf'),
  )
  if (!wanted.some(([, , pattern]) => text.search(pattern) >= 0)) return []
  const { code } = codeText(text, language)
  const lineOf = lineIndex(code)
  const found = wanted.flatMap(([protection, , pattern]) =>
    [...code.matchAll(pattern)]
      .filter(({ index }) => !ASKED.test(code.slice(Math.max(0, index - 500), index)))
      .map((match) => ({ protection, line: lineOf(match.index) })),
  )
  return found.toSorted((a, b) => a.line - b.line || (a.protection < b.protection ? -1 : 1))
}
