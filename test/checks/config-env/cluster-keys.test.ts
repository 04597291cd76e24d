// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are configuration of others
import { expect, test } from 'vitest'
import { exposuresOf, type Files, raised } from '../../support/config-change.ts'

type Case = readonly [name: string, files: Files, raised: readonly string[]]

const VALUES = 'pay:\n  url: x\n  retries: 3\nhost: y\n'
const TEMPLATE = 'kind: ConfigMap\ndata:\n  RETRIES: {{ .Values.pay.retries | quote }}\n'

const CHARTS: readonly Case[] = [
  [
    'a value removed, its template still prints it',
    { 'chart/values.yaml': [VALUES, VALUES.replace('  retries: 3\n', '')], 'chart/templates/a.yaml': TEMPLATE },
    ['medium chart-value-removed chart/values.yaml:3'],
  ],
  [
    'a section removed, its template still prints from it',
    { 'chart/values.yaml': [VALUES, 'host: y\n'], 'chart/templates/a.yaml': TEMPLATE },
    ['medium chart-value-removed chart/values.yaml:3'],
  ],
  [
    'newly printed, and nobody gives it',
    { 'chart/values.yaml': VALUES, 'chart/templates/a.yaml': [TEMPLATE, `${TEMPLATE}  TAG: {{ .Values.tag }}\n`] },
    ['medium chart-value-undefined chart/templates/a.yaml:4'],
  ],
  [
    'newly printed, and every environment gives it',
    {
      'deploy/chart/Chart.yaml': 'name: a\n',
      'deploy/chart/values.yaml': VALUES,
      'deploy/values-prod.yaml': 'tag: a\n',
      'deploy/values-staging.yaml': 'tag: b\n',
      'deploy/chart/templates/a.yaml': [TEMPLATE, `${TEMPLATE}  TAG: {{ .Values.tag }}\n`],
    },
    [],
  ],
  [
    'newly printed, and production does not give it',
    {
      'deploy/chart/Chart.yaml': 'name: a\n',
      'deploy/chart/values.yaml': VALUES,
      'deploy/values-prod.yaml': 'other: a\n',
      'deploy/values-staging.yaml': 'tag: b\n',
      'deploy/chart/templates/a.yaml': [TEMPLATE, `${TEMPLATE}  TAG: {{ .Values.tag }}\n`],
    },
    ['medium chart-value-undefined deploy/chart/templates/a.yaml:4'],
  ],
  [
    'newly printed, as another template always did',
    {
      'chart/values.yaml': VALUES,
      'chart/templates/a.yaml': [TEMPLATE, `${TEMPLATE}  TAG: {{ .Values.tag }}\n`],
      'chart/templates/b.yaml': 'kind: Job\ntag: {{ .Values.tag }}\n',
    },
    [],
  ],
  [
    'removed together with the read',
    {
      'chart/values.yaml': [VALUES, VALUES.replace('  retries: 3\n', '')],
      'chart/templates/a.yaml': [TEMPLATE, 'kind: ConfigMap\ndata: {}\n'],
    },
    [],
  ],
  [
    'removed, and every environment sets it',
    {
      'chart/values.yaml': [VALUES, VALUES.replace('  retries: 3\n', '')],
      'chart/values-prod.yaml': 'pay:\n  retries: 5\n',
      'chart/values-staging.yaml': 'pay:\n  retries: 2\n',
      'chart/templates/a.yaml': TEMPLATE,
    },
    [],
  ],
  [
    'removed, and the template has a default',
    {
      'chart/values.yaml': [VALUES, VALUES.replace('  retries: 3\n', '')],
      'chart/templates/a.yaml': TEMPLATE.replace('| quote', '| default 3'),
    },
    [],
  ],
  [
    'removed, and the template asks whether its section is enabled',
    {
      'chart/values.yaml': [VALUES, VALUES.replace('  retries: 3\n', '')],
      'chart/templates/a.yaml': `{{- if .Values.pay.enabled }}\n${TEMPLATE}{{- end }}\n`,
    },
    [],
  ],
  [
    'moved within the values',
    { 'chart/values.yaml': [VALUES, 'host: y\npay:\n  retries: 3\n  url: x\n'], 'chart/templates/a.yaml': TEMPLATE },
    [],
  ],
]

const DEPLOYMENT = (key: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          env:\n            - name: PAY_URL\n              valueFrom:\n                configMapKeyRef:\n                  name: web-config\n                  key: ${key}\n`
const CONFIG =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web-config }\ndata:\n  PAY_URL: https://pay.acme.io\n'

const OBJECTS: readonly Case[] = [
  [
    'a key that the ConfigMap does not have',
    { 'k8s/web.yaml': [DEPLOYMENT('PAY_URL'), DEPLOYMENT('PAY_HOST')], 'k8s/config.yaml': CONFIG },
    ['medium object-key-missing k8s/web.yaml:12'],
  ],
  ['a key that it has', { 'k8s/web.yaml': [DEPLOYMENT('OLD'), DEPLOYMENT('PAY_URL')], 'k8s/config.yaml': CONFIG }, []],
  [
    'a key that the ConfigMap lost',
    {
      'k8s/web.yaml': DEPLOYMENT('PAY_URL'),
      'k8s/config.yaml': [`${CONFIG}  A: b\n`, CONFIG.replace('PAY_URL', 'PAY_HOST')],
    },
    ['medium object-key-missing k8s/web.yaml:12'],
  ],
  [
    'a key that was missing before',
    { 'k8s/web.yaml': DEPLOYMENT('PAY_HOST'), 'k8s/config.yaml': [CONFIG, `${CONFIG}  A: b\n`] },
    [],
  ],
  [
    'an optional key',
    {
      'k8s/web.yaml': [DEPLOYMENT('PAY_URL'), `${DEPLOYMENT('PAY_HOST')}                  optional: true\n`],
      'k8s/config.yaml': CONFIG,
    },
    [],
  ],
  [
    'a key of another overlay',
    {
      'k8s/base/web.yaml': [DEPLOYMENT('PAY_URL'), DEPLOYMENT('PAY_HOST')],
      'k8s/base/config.yaml': CONFIG,
      'k8s/overlays/prod/config.yaml': CONFIG.replace('PAY_URL', 'PAY_HOST'),
    },
    [],
  ],
  [
    'a ConfigMap that is generated from literals',
    {
      'k8s/web.yaml': [DEPLOYMENT('PAY_URL'), DEPLOYMENT('PAY_HOST')],
      'k8s/kustomization.yaml': 'configMapGenerator:\n  - name: web-config\n    literals:\n      - PAY_URL=x\n',
    },
    ['medium object-key-missing k8s/web.yaml:12'],
  ],
  [
    'a ConfigMap that is filled from a file',
    {
      'k8s/web.yaml': [DEPLOYMENT('PAY_URL'), DEPLOYMENT('PAY_HOST')],
      'k8s/kustomization.yaml': 'configMapGenerator:\n  - name: web-config\n    envs: [web.env]\n',
    },
    [],
  ],
  ['a ConfigMap that stands nowhere', { 'k8s/web.yaml': [DEPLOYMENT('PAY_URL'), DEPLOYMENT('PAY_HOST')] }, []],
  [
    'a Secret from a store',
    {
      'k8s/web.yaml': [null, DEPLOYMENT('PAY_KEY').replace('configMapKeyRef', 'secretKeyRef')],
      'k8s/secret.yaml':
        'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: web-config }\nspec:\n  data:\n    - secretKey: OTHER\n',
    },
    [],
  ],
]

test.each(CHARTS)('chart: %s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})

test.each(OBJECTS)('object: %s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})

test('a chart that loses a section says that it no longer renders', () => {
  const [exposure] = exposuresOf({ 'chart/values.yaml': [VALUES, 'host: y\n'], 'chart/templates/a.yaml': TEMPLATE })
  expect(exposure?.says).toBe(
    '`pay.retries` was removed from the values, but chart/templates/a.yaml:3 still prints it: `pay` is gone altogether, so the chart no longer renders.',
  )
})

const WORKFLOW = (secret: string) =>
  `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: deploy\n        env:\n          KEY: \${{ ${secret} }}\n`

test.each<[name: string, files: Files, kinds: readonly string[]]>([
  [
    'a secret that no other file names: a reminder',
    { '.github/workflows/a.yml': [WORKFLOW('secrets.OLD'), WORKFLOW('secrets.PAY_KEY')] },
    ['low workflow-secret-new'],
  ],
  [
    'a secret that another workflow takes too',
    {
      '.github/workflows/a.yml': [WORKFLOW('secrets.OLD'), WORKFLOW('secrets.PAY_KEY')],
      '.github/workflows/b.yml': WORKFLOW('secrets.PAY_KEY'),
    },
    [],
  ],
  [
    'the token of every run',
    { '.github/workflows/a.yml': [WORKFLOW('secrets.OLD'), WORKFLOW('secrets.GITHUB_TOKEN')] },
    [],
  ],
  [
    'a variable with a default',
    { '.github/workflows/a.yml': [WORKFLOW('secrets.OLD'), WORKFLOW("vars.PAY_URL || 'x'")] },
    [],
  ],
])('workflow: %s', (_name, files, expected) => {
  expect(exposuresOf(files).map(({ severity, kind }) => `${severity} ${kind}`)).toEqual(expected)
})
