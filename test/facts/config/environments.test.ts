import { describe, expect, test } from 'vitest'
import { configKind } from '../../../src/facts/config/config-family.ts'
import { placeOf } from '../../../src/facts/config/environments.ts'

test.each([
  ['.env.production', 'production', '.env'],
  ['.env', null, '.env'],
  ['apps/web/.env.staging', 'staging', 'apps/web/.env'],
  ['production.env', 'production', '{env}.env'],
  ['values-prod-eu.yaml', 'prod-eu', 'values.yaml'],
  ['values.yaml', null, 'values.yaml'],
  ['deploy/values/staging.yaml', 'staging', 'deploy/values/{env}.yaml'],
  ['helm/environments/prod/values.yaml', 'prod', 'helm/{env}/values.yaml'],
  ['k8s/overlays/staging/config.yaml', 'staging', 'k8s/{env}/config.yaml'],
  ['k8s/base/config.yaml', null, 'k8s/{env}/config.yaml'],
  ['src/main/resources/application-prod.yml', 'prod', 'src/main/resources/application.yml'],
  ['appsettings.Production.json', 'Production', 'appsettings.json'],
  ['app/settings/base.py', null, 'app/settings/{env}.py'],
  ['app/settings/production.py', 'production', 'app/settings/{env}.py'],
  ['config/default.json', null, 'config/{env}.json'],
  ['terraform.prod.tfvars', 'prod', 'terraform.tfvars'],
  ['src/environments/environment.prod.ts', 'prod', 'src/environments/environment.ts'],
  ['prod-values.yaml', 'prod', 'values.yaml'],
  ['src/product/live-chat.yaml', null, 'src/product/live-chat.yaml'],
  ['src/prodigy/testing-library.yaml', null, 'src/prodigy/testing-library.yaml'],
  ['values-canary.yaml', 'canary', 'values.yaml'],
  ['values-tenant-acme.yaml', 'tenant-acme', 'values.yaml'],
  ['appsettings.aks_pre-production.json', 'pre-production', 'appsettings.aks.json'],
  ['appsettings.aks_pre-production_shared.json', 'pre-production', 'appsettings.aks_shared.json'],
  ['values-non-prod.yaml', 'non-prod', 'values.yaml'],
  ['values-ml-staging-codfw.yaml', 'staging', 'values-ml-codfw.yaml'],
  ['live/staging/terragrunt.hcl', 'staging', 'live/{env}/terragrunt.hcl'],
  ['live/terragrunt.hcl', 'live', '{env}/terragrunt.hcl'],
])('%s is of %s, with siblings like %s', (path, environment, group) => {
  const place = placeOf(path, ['canary', 'tenant-*'])
  expect([place.environment?.name ?? null, place.group]).toEqual([environment, group])
})

describe('what is configuration of the product', () => {
  test.each([
    ['.env.example', 'dotenv'],
    ['docker-compose.prod.yml', 'compose'],
    ['apps/web/Dockerfile', 'dockerfile'],
    ['apps/dashboard/.env.example', 'dotenv'],
    ['charts/web/values-prod.yaml', 'helm-values'],
    ['charts/web/templates/deployment.yaml', 'helm-template'],
    ['k8s/overlays/prod/kustomization.yaml', 'manifest'],
    ['infra/main.tf', 'terraform'],
    ['src/main/resources/bootstrap.yml', 'spring'],
    ['Web.Release.config', 'dotnet'],
    ['wrangler.toml', 'platform'],
    ['config/services.php', 'settings'],
    ['config/production/services.php', 'settings'],
    ['copilot/web/manifest.yml', 'platform'],
    ['.github/workflows/deploy.yml', 'workflow'],
    ['.github/airworthy.yml', 'policy'],
  ])('%s: %s', (path, family) => {
    expect(configKind(path)?.family).toBe(family)
  })

  test.each([
    'package.json',
    'public/config/manifest.json',
    'charts/web/.fixtures/prod.yaml',
    'src/aat/resources/config/a.json',
    'src/integrationTest/resources/application.yaml',
    'pnpm-lock.yaml',
    'tsconfig.build.json',
    '.eslintrc.json',
    '.prettierrc.yaml',
    'renovate.json',
    '.vscode/settings.json',
    'pyproject.toml',
    'Cargo.toml',
    'gradle.properties',
    'gradle/libs.versions.toml',
    'Chart.yaml',
    'openapi.yaml',
    'locales/de.json',
    'config/locales/en.yml',
    'src/main/resources/messages_de.properties',
    'tests/fixtures/config/production.yaml',
    'docs/config/production.yaml',
    'vendor/a/config/a.yaml',
    'crds/production.yaml',
    'dashboards/production.json',
    '.github/dependabot.yml',
    '.circleci/config.yml',
    'src/data/countries.json',
  ])('%s is none', (path) => {
    expect(configKind(path)).toBeNull()
  })
})
