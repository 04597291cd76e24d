// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are code and configuration of others
import { expect, test } from 'vitest'
import { type Files, raised } from '../../support/config-change.ts'

const EXAMPLE = { '.env.example': 'DATABASE_URL=\nPORT=3000\n' }

/** Reads that the application's own configuration, a typed schema, a chart or the platform answers, and those that they do not. */
const READS: readonly (readonly [name: string, files: Files, raised: readonly string[]])[] = [
  [
    'a value of the chart by another spelling',
    {
      ...EXAMPLE,
      'helm/values.yaml': 'service:\n  payUrl: x\n',
      'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'],
    },
    [],
  ],
  [
    'a time that goes with an address',
    { ...EXAMPLE, 'src/pay.ts': ['', 'const t = process.env.PAY_ENDPOINT_TIMEOUT\n'] },
    [],
  ],
  [
    'a secret that a manifest takes whole since long',
    {
      ...EXAMPLE,
      'k8s/web.yaml':
        'kind: Deployment\nspec:\n  containers:\n    - envFrom:\n        - secretRef:\n            name: pay\n',
      'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'],
    },
    [],
  ],
  [
    'a ConfigMap that a manifest takes whole, as it stands here too',
    {
      ...EXAMPLE,
      'k8s/web.yaml':
        'kind: Deployment\nspec:\n  containers:\n    - envFrom:\n        - configMapRef:\n            name: pay\n',
      'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'],
    },
    ['medium read-but-undefined src/pay.ts:1'],
  ],
  [
    'a secret that the manifest newly takes whole',
    {
      ...EXAMPLE,
      'k8s/web.yaml': ['spec:\n  a: 1\n', 'spec:\n  a: 1\n  envFrom:\n    - secret: pay\n'],
      'src/pay.ts': ['', 'const url = process.env.PAY_URL!\n'],
    },
    [],
  ],
  [
    'Spring, written by the build',
    {
      'src/main/resources/application.yml': 'server:\n  port: 80\n',
      'src/Pay.java': ['', '@Value("${git.commit.id}")\n'],
    },
    [],
  ],
  [
    'Cloud Foundry gives it',
    { ...EXAMPLE, 'app/r.rb': ['', "url = ENV['REDIS_URL']\nurl = parse if ENV.key?('VCAP_SERVICES')\n"] },
    [],
  ],
  [
    'Spring, defined in production',
    {
      'src/main/resources/application.yml': 'server:\n  port: 80\n',
      'src/main/resources/application-prod.yml': 'pay:\n  maxRetries: 3\n',
      'src/Pay.java': ['', '@Value("${pay.max-retries}")\n'],
    },
    [],
  ],
  [
    'Spring, defined for developers only',
    {
      'src/main/resources/application.yml': 'server:\n  port: 80\n',
      'src/main/resources/application-local.yml': 'pay:\n  maxRetries: 3\n',
      'src/Pay.java': ['', '@Value("${pay.max-retries}")\n'],
    },
    ['medium read-but-undefined src/Pay.java:1'],
  ],
  [
    'pydantic settings, required',
    {
      ...EXAMPLE,
      'app/settings.py': [
        'class Settings(BaseSettings):\n    port: int = 80\n',
        'class Settings(BaseSettings):\n    port: int = 80\n    pay_url: HttpUrl\n',
      ],
    },
    ['medium read-but-undefined app/settings.py:3'],
  ],
  [
    'the whole environment through a schema',
    {
      ...EXAMPLE,
      'src/env.ts': ['', 'export const env = z.object({\n  PAY_URL: z.string().url(),\n}).parse(process.env)\n'],
    },
    ['medium read-but-undefined src/env.ts:2'],
  ],
  [
    'Spring, bound loosely',
    {
      'src/main/resources/application.yml': 'pay:\n  maxRetries: 3\n',
      'src/Pay.java': ['', '@Value("${pay.max-retries}")\n'],
    },
    [],
  ],
  [
    'Spring, set as a variable',
    {
      'src/main/resources/application.yml': 'server:\n  port: 80\n',
      'helm/templates/_envs.tpl': '- name: PAY_MAX_RETRIES\n',
      'src/Pay.java': ['', '@Value("${pay.max-retries}")\n'],
    },
    [],
  ],
  [
    'Spring, set as a variable by this change',
    {
      'src/main/resources/application.yml': 'server:\n  port: 80\n',
      'helm/values-prod.yaml': ['env:\n  A: 1\n', 'env:\n  A: 1\n  PAY_MAX_RETRIES: 3\n'],
      'src/Pay.java': ['', '@Value("${pay.max-retries}")\n'],
    },
    [],
  ],
  [
    'Spring, a bean on condition of its section',
    {
      'src/main/resources/application.yml': 'server:\n  port: 80\n',
      'src/Pay.java': [
        '',
        '@ConditionalOnProperty(name = "pay.enabled", havingValue = "true")\n@Value("${pay.url}")\n',
      ],
    },
    [],
  ],
  [
    'Spring, a bean on condition',
    {
      'src/main/resources/application.yml': 'server:\n  port: 80\n',
      'src/Pay.java': ['', '@ConditionalOnProperty("pay.url")\n@Value("${pay.url}")\n'],
    },
    [],
  ],
  [
    'Spring, required',
    {
      'src/main/resources/application.yml': 'server:\n  port: 80\n',
      'src/Pay.java': ['', '@Value("${pay.max-retries}")\n'],
    },
    ['medium read-but-undefined src/Pay.java:1'],
  ],
]

test.each(READS)('%s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})
