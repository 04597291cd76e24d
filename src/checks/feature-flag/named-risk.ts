import type { EntryPoint } from '../../facts/behaviour/behaviour-facts.ts'
import { lastPart } from '../../facts/behaviour/name-match.ts'
import { paddedWords } from '../../facts/code/failure-words.ts'

const MONEY = /\s(?:pay|payment|payments|payout|payouts|charge|charges|refund|refunds|purchase|withdraw)\s/
/** Near money, and often only a word. */
const NEAR_MONEY =
  /\s(?:transfer|transfers|checkout|billing|invoice|invoices|subscription|subscriptions|deposit|order|orders|capture|wallet)\s/
/** What commits a customer: `checkout/start`, `create_checkout_session`, `subscription/upgrade`, `billing/trial/start`. */
const COMMITS =
  /\s(?:checkout|billing|subscriptions?|wallet) (?:\w+ )*(?:start|begin|create|upgrade|downgrade|cancel|renew|activate|confirm|session)\s|\s(?:start|begin|create|upgrade|downgrade|cancel|renew|activate|confirm) (?:\w+ )?(?:checkout|billing|subscription|deposit|plan)\s/
/** `send_payment_receipt_email` tells of money, and moves none. */
const TELLING = /\s(?:emails?|mails?|receipts?|notif(?:y|ication|ications)|remind(?:er|ers)?|reports?|webhooks?)\s/
/** `OrderRollouts` puts them in order, a push subscription costs nothing, and a payment unit is how work is counted. */
const NO_MONEY =
  /(?<=\s)(?:(?:re)?order (?=\S+s )|(?:push|event|email|topic|notification) subscriptions? |payments? (?:units?|types?|terms?|settings?|config\w*|options?|status\w*|histor\w+|details?|info|providers?) )/g
const ACCESS =
  /\s(?:auth|authorize|oauth|oauth2|token|tokens|login|signup|register|password|passkey|passkeys|credential|credentials|sso|saml|mfa|2fa|otp|impersonate|permission|permissions|role|roles|apikey|api keys?)\s/
/** A door for those who are not signed in, or for other programs in somebody's name. */
const OPENS =
  /\s(?:(?:forgot|reset|recover) (?:\w+ )?password|password (?:forgot|reset|recovery)|sign ?up|passkeys?|magic ?links?|impersonate|(?:oauth2?|oidc|sso|saml|o) (?:\w+ )?(?:authorize|consent|register|token|login|acs)|(?:authorize|consent|register|token|login) (?:with )?(?:oauth2?|oidc|sso|saml)|auth (?:(?!refresh|reset|verify|check|push|device)\w+ ){0,2}tokens?|(?:mint|issue|create|generate) (?:\w+ )?(?:api keys?|access tokens?))\s/
/** What is over anyway. */
const SWEEPING = /\s(?:stale|expired?|old|orphan(?:ed|s)?|temp|tmp)\s/
/** It is called once the other system was told to. */
const SENT_BY_SYSTEMS = /\s(?:web ?hooks?|callbacks?)\s/
/** Whoever leaves gains nothing. */
const LEAVING = /\s(?:log ?out|sign ?out|log ?off|revoke|introspect)\s/
/** Takes away or moves much at once, or what much hangs on: a form that deletes one thing of many does neither. */
const AT_ONCE =
  /^(?:purge|wipe|erase|transfer|merge|migrate|anonymi[sz]e|prune|bulk (?:delete|destroy|remove|archive|revoke|update|ban))(?: |$)/
const TAKING = /^(?:delete|destroy|remove|archive|revoke|cleanup|clean|ban|suspend|deactivate)(?: |$)/
const MUCH =
  /(?:^| )(?:all|accounts?|users?|customers?|partners?|organi[sz]ations?|workspaces?|tenants?|teams?|projects?|data)(?: (?:mutation|action|view|handler|job|task|by \S+))?$/
/** Reached by the team's own people only. */
const INTERNAL =
  /\s(?:admins?|backoffice|back office|internal|staff|superuser|superadmin|superusers|moderators?|devtools|dev tools|devbox|dev box|playground|sandbox|demo|debug|mock|mocks|stub|stubs|fake|emulator)\s/

/** Moves money by its name, or commits a customer to pay. */
export function movesMoney({ kind, framework, identity, handler }: EntryPoint): boolean {
  const name = paddedWords(`${identity} ${handler ?? ''}`)
  if (TELLING.test(name) || SWEEPING.test(name)) return false
  const kept = name.replace(NO_MONEY, ' ')
  // A job or a method of a service commits nobody: whoever called for it did.
  const isBehind = kind === 'job' || kind === 'consumer' || (kind === 'rpc' && framework !== 'tRPC')
  return MONEY.test(kept) || (!isBehind && COMMITS.test(kept))
}

/** `POST /invoices`, `POST /roles`: money or access as part of something larger. */
export function isNearMoneyOrAccess({ identity, handler }: EntryPoint): boolean {
  const name = paddedWords(`${identity} ${handler ?? ''}`)
  if (TELLING.test(name) || SWEEPING.test(name) || LEAVING.test(name)) return false
  return NEAR_MONEY.test(name.replace(NO_MONEY, ' ')) || ACCESS.test(name)
}

/** `POST /auth/forgot-password`, `URL o/authorize/`: it lets somebody in. */
export function opensAccess({ identity, handler }: EntryPoint): boolean {
  const name = paddedWords(`${identity} ${handler ?? ''}`)
  return OPENS.test(name) && !LEAVING.test(name) && !SENT_BY_SYSTEMS.test(name)
}

/** `bulkDeleteArtworks`, `POST /contacts/import`, `DELETE /users/{id}`, `POST /partners/ban`, `POST /cleanup/users`. */
export function takesMuch({ identity, handler }: EntryPoint): boolean {
  const segments = identity.split(/[\s/]/).filter((part) => part !== '' && !/^[:{[<$(^]/.test(part))
  const [own = '', around = ''] = segments.reverse().map((part) => paddedWords(lastPart(part)).trim())
  const name = paddedWords(lastPart(handler ?? '')).trim()
  // `bulkDeleteArtworksFromList` takes them off a list, and merging a pair of twins is one form.
  if (SWEEPING.test(` ${own} ${name} `) || /\sfrom\s|\s(?:pair|duplicates?)\s/.test(` ${own} ${name} `)) return false
  if ([own, name].some((one) => AT_ONCE.test(one) || (TAKING.test(one) && MUCH.test(one)))) return true
  // `/requesting-data/delete-journey`: an area of the product is no heap of data.
  const isCollection = !around.includes(' ') && MUCH.test(around)
  return (TAKING.test(own) && isCollection) || (/^(?:delete|cleanup|clean|purge)\b/.test(around) && MUCH.test(own))
}

/** Reached by the team's own people only, as its path or its name says. */
export function isInternal(text: string): boolean {
  return INTERNAL.test(paddedWords(text))
}

/** Money or access, as its path or its name says. */
export function isCritical(text: string): boolean {
  return [MONEY, NEAR_MONEY, ACCESS].some((one) => one.test(paddedWords(text)))
}
