/** What kind of environment a name stands for. `other` is a name that only the policy knows; `unknown` stands between known ones. */
export type Tier = 'production' | 'staging' | 'test' | 'development' | 'other' | 'unknown'

const NAMES: Readonly<Record<string, Tier>> = {
  prod: 'production',
  production: 'production',
  prd: 'production',
  live: 'production',
  staging: 'staging',
  stage: 'staging',
  stg: 'staging',
  stag: 'staging',
  preprod: 'staging',
  preproduction: 'staging',
  preview: 'staging',
  nonprod: 'development',
  nonproduction: 'development',
  acceptance: 'staging',
  uat: 'staging',
  loadtest: 'staging',
  test: 'test',
  testing: 'test',
  training: 'test',
  integration: 'test',
  qa: 'test',
  ci: 'test',
  e2e: 'test',
  dev: 'development',
  devel: 'development',
  develop: 'development',
  development: 'development',
  local: 'development',
  sandbox: 'development',
  demo: 'development',
}

/** The tier of a name by itself, in any case: `Production`, `stg`. Null when it is no known name. */
export function tierOfName(name: string): Tier | null {
  const known = name.toLowerCase().replace(/[-_]/g, '')
  return Object.hasOwn(NAMES, known) ? (NAMES[known] ?? null) : null
}

const AMBIGUOUS_LABEL = /^(?:live|preview|ci)$/
/** Within a label these name what a service does: `person-integration-api`, `apply-for-teacher-training`. */
const AMBIGUOUS_PART = /^(?:integration|acceptance|local|demo|testing|training|stage)$/

/** The tier that the labels of a host name; `dev` and `test` as a top-level domain say nothing. */
export function tierOfHost(host: string): Tier | null {
  const labels = host.split('.')
  const telling = labels.length > 1 ? labels.slice(0, -1) : labels
  for (const label of telling) {
    for (const part of [label, ...label.split(/[-_]/)]) {
      const tier = AMBIGUOUS_LABEL.test(part) || (part !== label && AMBIGUOUS_PART.test(part)) ? null : tierOfName(part)
      if (tier !== null) return tier
    }
  }
  return null
}
