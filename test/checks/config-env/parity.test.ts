import { describe, expect, test } from 'vitest'
import { exposuresOf, type Files, raised } from '../../support/config-change.ts'

const STAGING = 'PAY_URL=https://pay.staging.acme.io\nDB_POOL=50\n'
const PRODUCTION = 'PAY_URL=https://pay.acme.io\nDB_POOL=50\n'

describe('the URL that lost its slash, in every format', () => {
  const formats: readonly [
    name: string,
    production: string,
    staging: string,
    line: number,
    text: (url: string) => string,
  ][] = [
    ['dotenv', '.env.production', '.env.staging', 2, (url) => `DB_POOL=50\nPAY_URL=${url}\n`],
    [
      'Helm values',
      'deploy/values-production.yaml',
      'deploy/values-staging.yaml',
      3,
      (url) => `payments:\n  retries: 3\n  url: ${url}\n`,
    ],
    [
      'ConfigMap',
      'k8s/overlays/production/config.yaml',
      'k8s/overlays/staging/config.yaml',
      6,
      (url) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  PAY_URL: "${url}"\n`,
    ],
    [
      'appsettings',
      'src/appsettings.Production.json',
      'src/appsettings.Staging.json',
      3,
      (url) => `{\n  "Payments": {\n    "Url": "${url}"\n  }\n}\n`,
    ],
    ['tfvars', 'infra/production.tfvars', 'infra/staging.tfvars', 1, (url) => `pay_url = "${url}"\npool = 50\n`],
    [
      'Spring',
      'src/main/resources/application-prod.yml',
      'src/main/resources/application-staging.yml',
      2,
      (url) => `pay:\n  url: ${url}\n`,
    ],
    [
      'properties',
      'src/main/resources/application-prod.properties',
      'src/main/resources/application-staging.properties',
      1,
      (url) => `pay.url=${url}\n`,
    ],
    ['TOML', 'config/production.toml', 'config/staging.toml', 2, (url) => `[pay]\nurl = "${url}"\n`],
    ['INI', 'config/production.ini', 'config/staging.ini', 2, (url) => `[pay]\nurl = ${url}\n`],
    [
      'XML',
      'Web.Production.config',
      'Web.Staging.config',
      3,
      (url) =>
        `<configuration>\n  <appSettings>\n    <add key="PayUrl" value="${url}"/>\n  </appSettings>\n</configuration>\n`,
    ],
    ['Django', 'app/settings/production.py', 'app/settings/staging.py', 1, (url) => `PAY_URL = "${url}"\n`],
    [
      'Rails',
      'config/environments/production.rb',
      'config/environments/staging.rb',
      2,
      (url) => `Rails.application.configure do\n  config.x.pay_url = "${url}"\nend\n`,
    ],
    ['node-config', 'config/production.json', 'config/staging.json', 1, (url) => `{ "payUrl": "${url}" }\n`],
    [
      'Angular',
      'src/environments/environment.prod.ts',
      'src/environments/environment.staging.ts',
      2,
      (url) => `export const environment = {\n  payUrl: '${url}',\n}\n`,
    ],
    ['Pulumi', 'Pulumi.prod.yaml', 'Pulumi.staging.yaml', 2, (url) => `config:\n  web:payUrl: ${url}\n`],
  ]

  test.each(formats)('%s', (_name, production, staging, line, text) => {
    const files = (before: string, after: string): Files => ({
      [production]: [text(before), text(after)],
      [staging]: text('https://pay.staging.acme.io/v1/'),
    })
    expect(raised(files('https://pay.acme.io/v1/', 'https://pay.acme.io/v1'))).toEqual([
      `high trailing-slash-differs ${production}:${line}`,
    ])
    expect(raised(files('https://pay.acme.io/v1', 'https://pay.acme.io/v1/'))).toEqual([])
  })

  test('says it in words that a tired engineer understands', () => {
    const [exposure] = exposuresOf({
      '.env.production': [PRODUCTION.replace('.io\n', '.io/\n'), PRODUCTION],
      '.env.staging': STAGING.replace('.io\n', '.io/\n'),
    })
    expect(exposure?.says).toBe(
      '`PAY_URL` does not end with a slash in production and ends with a slash in staging (.env.staging:1), so a path joined to it gets two slashes or none in one of them.',
    )
  })

  test('a difference that was there before is not of this change', () => {
    const before = PRODUCTION.replace('.io\n', '.io/\n')
    expect(
      raised({ '.env.production': [before, before.replace('pay.acme.io', 'pay2.acme.io')], '.env.staging': STAGING }),
    ).toEqual([])
  })
})
