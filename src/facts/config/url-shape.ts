import { MASK } from './mask-templates.ts'
import { type Tier, tierOfHost } from './tiers.ts'

/** local: this machine. example: reserved for documents. internal: a private network. dynamic: filled in later. */
type HostClass = 'local' | 'example' | 'internal' | 'public' | 'dynamic'

export interface HostShape {
  readonly hostClass: HostClass
  /** The environment its labels name, as in `db.staging.acme.io`. */
  readonly tier: Tier | null
  readonly port: number | null
}

export interface UrlShape extends HostShape {
  readonly kind: 'url'
  readonly scheme: string
  readonly hasPath: boolean
  readonly trailingSlash: boolean
  readonly hasQuery: boolean
  /** A user's password stands in it. */
  readonly credentials: boolean
}

const SCHEME = /^([a-z][a-z0-9+.-]{0,30}):\/\//i

/** The shape of an absolute URL; null when it is none. No part of it but scheme, port and kind of host is kept. */
export function urlShape(raw: string): UrlShape | null {
  const scheme = SCHEME.exec(raw)?.[1]
  if (scheme === undefined || raw.length > 4000 || raw.includes('\n')) return null
  const rest = maskPlaceholders(raw.slice(scheme.length + 3))
  if (/\s/.test(rest)) return null
  const end = rest.search(/[/?#]/)
  const authority = end < 0 ? rest : rest.slice(0, end)
  const tail = end < 0 ? '' : rest.slice(end)
  const at = authority.lastIndexOf('@')
  const userinfo = at < 0 ? '' : authority.slice(0, at)
  const host = hostShape(authority.slice(at + 1))
  if (host === null) return null
  const query = tail.search(/[?#]/)
  const path = query < 0 ? tail : tail.slice(0, query)
  return {
    kind: 'url',
    scheme: scheme.toLowerCase(),
    ...host,
    hasPath: path.length > 1,
    trailingSlash: path.endsWith('/'),
    hasQuery: query >= 0,
    credentials: /:./.test(userinfo) && !userinfo.endsWith(`:${FILLED}`) && !isSample(userinfo),
  }
}

/** `ckan:pass`, `pay:pay`: what samples and containers of developers have. */
function isSample(userinfo: string): boolean {
  const at = userinfo.indexOf(':')
  const [user, password] = [userinfo.slice(0, at), userinfo.slice(at + 1)]
  return (
    password === user ||
    /^(?:pass|passwd|password|pwd|secret|postgres|root|admin|guest|test|dev|user|example|x+|\*+)$/i.test(password)
  )
}

/** What is filled in later stands as one character. */
const FILLED = MASK

/** Template actions, `${HOST}`, `%{hiera('x')}`, `$(HOST)` and `<host>` become one character, so that what stands around them keeps its place. */
function maskPlaceholders(text: string): string {
  return text
    .replace(new RegExp(`${MASK}+`, 'g'), FILLED)
    .replace(
      /\{\{[^{}]{0,200}\}\}|%\{[^{}]{0,200}\}|\$\{[^{}]{0,200}\}|\$\([^()]{0,200}\)|\{[^{}]{0,80}\}|\$[A-Z_][A-Z0-9_]*/g,
      FILLED,
    )
}

/** `host`, `host:port`, `[::1]:port`; lists of brokers are judged by their first. Null when it cannot be a host. */
export function hostShape(text: string): HostShape | null {
  const first = text.split(',', 1)[0] ?? ''
  const bracketed = /^\[([0-9a-f:.]+)\](?::(\d{1,5}))?$/i.exec(first)
  const plain = /^([^:\s/]*)(?::(\d{1,5}|\uE000))?$/.exec(first)
  const match = bracketed ?? plain
  if (match === null) return null
  const host = (match[1] ?? '').toLowerCase()
  if (host !== '' && !/^[a-z0-9._\uE000*-]+$|^[0-9a-f:.]+$/.test(host)) return null
  const port = match[2] === undefined || match[2] === FILLED ? null : Number(match[2])
  return { hostClass: hostClass(host), tier: tierOfHost(host), port }
}

function hostClass(host: string): HostClass {
  if (host.includes(FILLED)) return 'dynamic'
  if (host === '' || host === 'localhost' || host === '::1' || host === '0.0.0.0' || host === 'host.docker.internal')
    return 'local'
  if (/^127\.\d/.test(host) || host.endsWith('.localhost')) return 'local'
  if (/(?:^|\.)example(?:\.(?:com|org|net))?$|\.(?:test|invalid)$/.test(host)) return 'example'
  if (!host.includes('.') || /\.(?:svc|internal|local|lan|cluster\.local|corp)$|\.svc\./.test(host)) return 'internal'
  if (/^10\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(host)) return 'internal'
  return 'public'
}
