import type { SettingsLanguage } from './formats/code-settings.ts'

type ConfigFormat =
  | 'dotenv'
  | 'yaml'
  | 'json'
  | 'toml'
  | 'ini'
  | 'properties'
  | 'hcl'
  | 'dockerfile'
  | 'xml'
  | SettingsLanguage

/** Whose configuration it is; says what counts as a variable, a reference and a sibling. */
export type ConfigFamily =
  | 'dotenv'
  | 'compose'
  | 'dockerfile'
  | 'helm-values'
  | 'helm-template'
  | 'manifest'
  | 'terraform'
  | 'spring'
  | 'dotnet'
  | 'platform'
  | 'settings'
  | 'policy'
  | 'workflow'
  | 'generic'

export interface ConfigKind {
  readonly format: ConfigFormat
  readonly family: ConfigFamily
  /** It shows people what to set (`.env.example`) and configures nothing. */
  readonly example: boolean
}

/** Folders whose files configure no environment of the product. */
const FOREIGN_FOLDER =
  /(?:^|\/)\.?(?:(?:functional|integration|smoke|contract|acceptance|e2e|api|system)[-_]?tests?|src\/aat|tests?|specs?|__tests__|__mocks__|__snapshots__|testdata|test-data|fixtures?|migrations?|mocks?|cypress|playwright|docs?|documentation|vendor|node_modules|third_party|dist|bin\/(?:debug|release)|obj\/(?:debug|release)|generated|locales?|i18n|lang|langs|languages|translations?|\.vscode|\.idea|\.devcontainer|\.husky|\.storybook|\.changeset|\.circleci|\.buildkite|dashboards|crds?|schemas?)\//i
const ENVIRONMENT_FOLDER = /(?:^|\/)(?:overlays|envs?|environments|inventories|clusters)\//i
/** Tools of developers, packages, locks, translations, descriptions of interfaces. */
const FOREIGN_FILE =
  /^(?:package(?:-lock)?\.json|.*[.-]lock\.(?:json|ya?ml|toml)|pnpm-.*|tsconfig.*|jsconfig.*|biome\.jsonc?|\.?(?:eslint|prettier|stylelint|babel|swc|lint-?staged|commitlint|markdownlint|renovate|dependabot|codecov|mkdocs|pre-commit-config|golangci|goreleaser|hadolint|yamllint|readthedocs|editorconfig|nycrc|mocharc|jest|vitest|mergify|tolgee|crowdin|lefthook|turbo|nx|lerna|cypress|playwright|typedoc|sonar-project|checkstyle|phpunit|phpstan|psalm|pint|pytest|tox|setup|mypy|ruff|flake8|pylintrc|rubocop|components|composer|bower|deno|angular|nest-cli|project|launch|tasks|extensions|devcontainer|datapackage|i18n|[\w.-]*fixtures?)(?:rc)?(?:\..*)?|pyproject\.toml|Cargo\.toml|Gopkg\.toml|Pipfile|libs\.versions\.toml|gradle(?:-wrapper)?\.properties|Chart\.ya?ml|.*\.schema\.json|manifest\.(?:json|webmanifest)|(?:openapi|swagger|asyncapi).*|(?:messages|labels|strings|validation).*\.properties|.*_[a-z]{2}(?:_[A-Z]{2})?\.properties|pom\.xml|.*\.csproj|Directory\..*|nuget\.config|mise\.toml|launchSettings\.json|META\.ya?ml)$/i
const EXAMPLE = /(?:^|[._-])(?:examples?|samples?|template|tmpl|dist|defaults?|schema|reference)(?:[._-]|$)/i
const CONFIG_FOLDER =
  /(?:^|\/)(?:config|configs|conf|configuration|settings|etc|environments|envs?|inventories|group_vars|host_vars|overlays|base|deploy|deployments?|k8s|kubernetes|kustomize|manifests?|helm|charts?|infra|infrastructure|clusters|argocd|flux|gitops|ops|\.?nais|\.(?:deploy|k8s|kubernetes|helm|infra|kontinuous))\//i
/** Objects of Kubernetes by the name of their file, wherever it stands. */
const MANIFEST_STEM =
  /(?:^|[._-])(?:config-?maps?|deployments?|statefulsets?|daemonsets?|cronjobs?|kustomization)\.ya?ml$|^nais[\w.-]*\.ya?ml$/i
/** A manifest that a pipeline fills in before it is applied. */
const FILLED_MANIFEST = /(?:^|\/)(?:k8s|kubernetes|manifests?)\/(?:[\w.-]+\/)*[\w-]+\.tmpl$/
const ENVIRONMENT_STEM =
  /(?:^|[._-])(?:prod|production|prd|live|staging|stage|stg|preprod|uat|qa|dev|development|test|sandbox|local)(?:[._-]|$)/i

/** What kind of configuration a path holds, by its name alone; null for what is none, and for what only developers and CI use. */
export function configKind(path: string): ConfigKind | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (/^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) return { format: 'yaml', family: 'workflow', example: false }
  if (/^(?:\.github\/)?\.?airworthy\.ya?ml$/.test(path)) return { format: 'yaml', family: 'policy', example: false }
  if (path.startsWith('.github/') || FOREIGN_FILE.test(name)) return null
  if (FOREIGN_FOLDER.test(path) && !ENVIRONMENT_FOLDER.test(path)) return null
  const found = byName(path, name)
  return found === null
    ? null
    : {
        ...found,
        example:
          EXAMPLE.test(name) &&
          !/^default\.|^defaults?\/|^application/.test(name) &&
          found.family !== 'helm-template' &&
          !FILLED_MANIFEST.test(path),
      }
}

type Found = Omit<ConfigKind, 'example'>

function byName(path: string, name: string): Found | null {
  if (
    /^\.?env(?:\..+)?$|^\.env[._-].+|.\.env(?:\.(?:example|sample|dist|template))?$|^\.(?:envrc|flaskenv|dev\.vars)$/i.test(
      name,
    ) &&
    !/\.(?:ts|js|mjs|py|go|rb|php|d\.ts|json|ya?ml|vault|me)$/.test(name)
  ) {
    return { format: 'dotenv', family: 'dotenv' }
  }
  // `conf/env/dev`, as some services of Django keep them.
  if (/(?:^|\/)envs?\/[a-z][\w-]{1,30}$/.test(path)) return { format: 'dotenv', family: 'dotenv' }
  if (/^(?:docker-)?compose.*\.ya?ml$|\.compose\.ya?ml$|^docker-compose/i.test(name) && /\.ya?ml$/.test(name))
    return { format: 'yaml', family: 'compose' }
  if (/^(?:Docker|Container)file(?:[.-][\w.-]+)?$|\.(?:dockerfile|containerfile)$/i.test(name))
    return { format: 'dockerfile', family: 'dockerfile' }
  if (/^(?:application|bootstrap)(?:-[\w-]+)?\.(?:ya?ml|properties)$/.test(name))
    return { format: formatOf(name) ?? 'yaml', family: 'spring' }
  if (/(?:^|\/)src\/main\/resources\/[^/]+\.(?:ya?ml|properties)$/.test(path))
    return { format: formatOf(name) ?? 'yaml', family: 'spring' }
  if (/^appsettings.*\.json$/i.test(name)) return { format: 'json', family: 'dotnet' }
  if (/^(?:web|app)(?:\.\w+)?\.config$/i.test(name)) return { format: 'xml', family: 'dotnet' }
  if (/\.(?:tf|tfvars|tofu|hcl)$/.test(name)) return { format: 'hcl', family: 'terraform' }
  if (/\.tfvars\.json$/.test(name)) return { format: 'json', family: 'terraform' }
  if (/(?:^|[._-])values(?:[._-].*)?\.ya?ml$/i.test(name)) return { format: 'yaml', family: 'helm-values' }
  if (/(?:^|\/)templates\/.*\.(?:ya?ml|tpl)$/.test(path) && /chart|helm/i.test(path))
    return { format: 'yaml', family: 'helm-template' }
  if (
    /^(?:fly|wrangler|netlify|samconfig|railway)[\w.-]*\.toml$|^manifest\.ya?ml$|^wrangler\.jsonc?$|^(?:render|serverless|app|apprunner|Pulumi)[\w.-]*\.ya?ml$/.test(
      name,
    )
  ) {
    return { format: formatOf(name) ?? 'yaml', family: 'platform' }
  }
  if (FILLED_MANIFEST.test(path)) return { format: 'yaml', family: 'manifest' }
  return settingsInCode(path, name) ?? generic(path, name)
}

function settingsInCode(path: string, name: string): Found | null {
  if (
    /(?:^|\/)settings\.py$|(?:^|\/)settings\/[\w/]+\.py$|(?:^|[_/])(?:local|production|staging|base)_settings\.py$/.test(
      path,
    )
  )
    return { format: 'python', family: 'settings' }
  if (/(?:^|\/)config\/environments\/\w+\.rb$|(?:^|\/)config\/application\.rb$/.test(path))
    return { format: 'ruby', family: 'settings' }
  if (/(?:^|\/)config\/(?:[\w-]+\/)?[\w-]+\.php$/.test(path)) return { format: 'php', family: 'settings' }
  if (/(?:^|\/)environments\/environment[\w.-]*\.ts$/.test(path)) return { format: 'javascript', family: 'settings' }
  if (
    /(?:^|\/)config\/[\w.-]+\.[cm]?[jt]s$/.test(path) &&
    (ENVIRONMENT_STEM.test(name.replace(/\.\w+$/, '')) || /^default\./.test(name))
  ) {
    return { format: 'javascript', family: 'settings' }
  }
  return null
}

function generic(path: string, name: string): Found | null {
  const format = formatOf(name)
  if (format === null) return null
  const stem = name.replace(/\.\w+$/, '')
  const named =
    ENVIRONMENT_STEM.test(stem) ||
    /^(?:config|configuration|settings|defaults?)$/i.test(stem) ||
    MANIFEST_STEM.test(name)
  if (!named && !CONFIG_FOLDER.test(`${path}`)) return null
  return {
    format,
    family: format === 'yaml' && !/(?:^|\/)(?:config|conf|settings)\//.test(path) ? 'manifest' : 'generic',
  }
}

function formatOf(name: string): ConfigFormat | null {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  switch (extension) {
    case 'yaml':
    case 'yml':
      return 'yaml'
    case 'json':
    case 'jsonc':
    case 'json5':
      return 'json'
    case 'toml':
      return 'toml'
    case 'ini':
    case 'cfg':
      return 'ini'
    case 'properties':
      return 'properties'
    default:
      return null
  }
}
