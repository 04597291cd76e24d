import { type PathParts, words } from './path-parts.ts'

const FORMATS = words(`
  yml yaml toml ini cfg conf properties hcl tf tfvars tofu env json jsonc json5 jsonnet libsonnet cue dhall nix config
  plist xcconfig csproj fsproj vbproj props targets sln gradle bicep nomad kdl desktop service timer socket
`)
const NAMES = words(`
  Dockerfile Containerfile Procfile Jenkinsfile Vagrantfile Caddyfile Gemfile Rakefile Makefile GNUmakefile Brewfile
  Podfile Pipfile Berksfile Tiltfile Fastfile Appfile Earthfile Justfile justfile Taskfile CMakeLists.txt go.mod go.work
  CODEOWNERS requirements.txt constraints.txt runtime.txt setup.py setup.cfg build.sbt mix.exs rebar.config Package.swift
  Cargo.toml pom.xml persistence.xml AndroidManifest.xml nginx.conf httpd.conf haproxy.cfg BUILD WORKSPACE
  BUILD.bazel WORKSPACE.bazel MODULE.bazel settings.gradle.kts build.gradle.kts build.gradle settings.gradle meson.build
`)
const ENVIRONMENTS =
  'default|base|common|global|shared|prod|production|live|staging|stage|preprod|uat|qa|test|testing|ci|dev|devel|development|local|docker'
/** Settings that are code: Django, Rails, Laravel, node-config, Angular, and what build tools read. */
const SETTINGS_IN_CODE = [
  new RegExp(`(?:^|/)settings(?:_(?:${ENVIRONMENTS}))?\\.py$`),
  new RegExp(`(?:^|/)settings/(?:__init__|${ENVIRONMENTS})\\.py$`),
  /(?:^|\/)config\/(?:environments\/[^/]+|puma|unicorn|sidekiq|application|boot|environment|deploy)\.rb$/,
  new RegExp(`(?:^|/)config/(?:${ENVIRONMENTS}|custom-environment-variables)\\.(?:[cm]?[jt]s|coffee)$`),
  new RegExp(`(?:^|/)config/(?:config|${ENVIRONMENTS}|runtime)\\.exs$`),
  /^(?:.*\/)?config\/[a-z0-9_-]+\.php$/,
  /(?:^|\/)environments\/environment(?:\.[a-z0-9-]+)?\.ts$/,
  /(?:^|\/)[a-z0-9.-]+\.config\.[cm]?[jt]s$/,
  /(?:^|\/)\.[a-z0-9-]+rc\.[cm]?js$/,
  /(?:^|\/)(?:gulpfile|gruntfile|serverless)\.[cm]?[jt]s$/i,
]
/** XML is configuration where a framework reads it, and data elsewhere. */
const XML_CONFIG =
  /^(?:web|app|nlog|log4net|packages|nuget|logback.*|log4j2?.*|applicationcontext.*|.*-config|.*-context|beans|server|context)$/
const XML_FOLDERS = words('config conf WEB-INF META-INF')
const DATA_FOLDERS = words(
  'locales locale i18n l10n translations translation lang langs messages schemas json_schemas json-schemas data seeds',
)
const DATA = words('json yml yaml properties')

/** Files that say how programs run, are built, or are deployed. */
export function isConfigPath(parts: PathParts): boolean {
  const { path, folders, name, stem, extension } = parts
  if (NAMES.has(name) || isDotenv(name) || /^(?:Dockerfile|Containerfile|Jenkinsfile)[.-]/.test(name)) return true
  if (/\.(?:Dockerfile|Containerfile)$/i.test(name) || /^(?:requirements|constraints)[a-z0-9._-]*\.txt$/.test(name))
    return true
  if (extension === 'xml')
    return XML_CONFIG.test(stem.toLowerCase()) || folders.some((folder) => XML_FOLDERS.has(folder))
  if (DATA.has(extension) && (folders.some((folder) => DATA_FOLDERS.has(folder)) || isSchema(stem))) return false
  if (FORMATS.has(extension) || extension === 'nginx') return true
  if (folders.length === 0 && /^\.[a-z0-9_-]+$/i.test(name)) return true
  return isToolFile(name) || SETTINGS_IN_CODE.some((pattern) => pattern.test(path))
}

function isDotenv(name: string): boolean {
  return /^\.env(?:$|[.-]|rc$)|^\.(?:flaskenv|dev\.vars)$|^env\.(?:example|sample|template|dist)$|\.env(?:\.[a-z0-9_-]+)*$/i.test(
    name,
  )
}

/** `.eslintrc`, `.gitignore`, `.editorconfig`, `.nvmrc`, in any folder. */
function isToolFile(name: string): boolean {
  return /^\.(?:[a-z0-9-]+rc|[a-z0-9-]+ignore|gitattributes|editorconfig|gitmodules|tool-versions|[a-z]+-version)$/.test(
    name,
  )
}

/** Contracts between programs, which have a check of their own one day. */
function isSchema(stem: string): boolean {
  return /(?:^|[._-])(?:schema|openapi|swagger|asyncapi)$/i.test(stem)
}
