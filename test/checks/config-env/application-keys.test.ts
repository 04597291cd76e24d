// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code and configuration of others
import { expect, test } from 'vitest'
import { type Files, raised } from '../../support/config-change.ts'

const GEM: Files = {
  'config/settings.yml': 'pay:\n  url: https://pay.acme.io\n  hosts:\n    - a\nfeatures:\n  refunds: false\n',
  'config/settings/production.yml': 'pay:\n  key: x\n',
}
const ruby = (text: string): Files => ({ ...GEM, 'app/models/pay.rb': ['', text] })

const SPRING = 'a: ${A_URL}\nb: ${B_URL}\n'
const HELM = 'env:\n  A_URL: a\n  B_URL: b\n'
const APPLICATION = 'src/main/resources/application.yml'
const takes = (line: string, values = HELM): Files => ({
  'helm/values-prod.yaml': values,
  'helm/values-staging.yaml': values,
  [APPLICATION]: [SPRING, `${SPRING}${line}\n`],
})
const kotlin = (fields: string, application = 'pay:\n  other: x\n'): Files => ({
  [APPLICATION]: application,
  'src/main/kotlin/Pay.kt': ['', `@ConfigurationProperties(prefix = "pay")\ndata class Pay(\n${fields})\n`],
})

/** Keys of the application's own configuration: the config gem of Ruby, variables and bound classes of Spring. */
const KEYS: readonly (readonly [name: string, files: Files, raised: readonly string[]])[] = [
  ['gem: defined', ruby('Settings.pay.url\n'), []],
  ['gem: a section', ruby('Settings.pay.hosts.first\n'), []],
  ['gem: defined for one environment', ruby('Settings.pay.key\n'), []],
  ['gem: a method of the value', ruby('Settings.pay.url.to_s\nSettings.pay.url.start_with?("a")\n'), []],
  ['gem: not defined', ruby('\nSettings.pay.timeout\n'), ['medium read-but-undefined app/models/pay.rb:2']],
  ['gem: not defined, but asked for', ruby('if Settings.pay.timeout\nx = Settings.pay.limit || 5\n'), []],
  ['gem: within a text', ruby('raise "set Settings.pay.timeout"\n'), []],
  ['gem: read before too', { ...GEM, 'app/pay.rb': ['Settings.pay.timeout\n', 'x(Settings.pay.timeout)\n'] }, []],
  [
    'gem: defined for tests only',
    { ...ruby('Settings.pay.timeout\n'), 'config/settings/test.yml': 'pay:\n  timeout: 1\n' },
    ['medium read-but-undefined app/models/pay.rb:1'],
  ],
  [
    'gem: given by a variable',
    { ...ruby('Settings.pay.timeout\n'), 'helm/values.yaml': 'env:\n  SETTINGS__PAY__TIMEOUT: 5\n' },
    [],
  ],
  ['gem: no such files here', { 'app/pay.rb': ['', 'Settings.pay.timeout\n'] }, []],

  ['Spring: given', takes('c: ${C_URL}', `${HELM}  C_URL: c\n`), []],
  ['Spring: given nowhere', takes('c: ${C_URL}'), [`medium read-but-undefined ${APPLICATION}:3`]],
  ['Spring: with a default', takes('c: ${C_URL:http://c}'), []],
  ['Spring: a key of its own', takes('c: ${a.url}'), []],
  ['Spring: a secret, which may stand in a store', takes('c: ${C_PASSWORD}'), []],
  ['Spring: those of before are kept elsewhere', takes('c: ${C_URL}', 'env:\n  X: 1\n'), []],
  [
    'Spring: the last definition goes and the application stays',
    {
      'helm/values-prod.yaml': [`${HELM}  C_URL: c\n`, HELM],
      [APPLICATION]: `${SPRING}c: \${C_URL}\n`,
    },
    ['medium removed-but-read helm/values-prod.yaml:4'],
  ],

  ['bound: given', kotlin('  val url: String,\n', 'pay:\n  url: x\n'), []],
  ['bound: given in another spelling', kotlin('  val baseUrl: String,\n', 'pay:\n  base-url: x\n'), []],
  [
    'bound: given nowhere',
    kotlin('  val other: String,\n  val url: String,\n'),
    ['medium read-but-undefined src/main/kotlin/Pay.kt:4'],
  ],
  ['bound: a default, null, or more keys', kotlin('  val a: String = "x",\n  val b: Int?,\n  val c: Nested,\n'), []],
  ['bound: a value of its own', { ...kotlin('  val url: String,\n'), 'helm/values.yaml': 'env:\n  PAY_URL: x\n' }, []],
  [
    'bound: a bean, no class',
    {
      [APPLICATION]: 'a: 1\n',
      'src/main/kotlin/Pay.kt': ['', '@ConfigurationProperties("pay")\nfun pay() = Pay()\nclass X(val url: String)\n'],
    },
    [],
  ],
]

test.each(KEYS)('%s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})
