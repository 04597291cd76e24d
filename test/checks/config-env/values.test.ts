import { expect, test } from 'vitest'
import { exposuresOf, type Files, raised } from '../../support/config-change.ts'

type Case = readonly [name: string, files: Files, raised: readonly string[]]

/** One key of a production file, before and after. */
function production(before: string, after: string): Files {
  return { 'deploy/values-production.yaml': [`${before}\n`, `${after}\n`] }
}
const AT = 'deploy/values-production.yaml:1'

const RISKS: readonly Case[] = [
  ['a pool of 50 that became 5', production('dbPoolSize: 50', 'dbPoolSize: 5'), [`medium risky-pool ${AT}`]],
  ['a small pool that is less small', production('dbPoolSize: 2', 'dbPoolSize: 10'), []],
  ['a pool that grew a lot', production('dbPoolSize: 20', 'dbPoolSize: 200'), [`medium risky-pool ${AT}`]],
  ['a pool that grew a little', production('dbPoolSize: 50', 'dbPoolSize: 60'), []],
  ['no timeout', production('timeoutMs: 5000', 'timeoutMs: 0'), [`high risky-timeout ${AT}`]],
  ['the same timeout in another unit', production('timeout: 30s', 'timeout: 30000ms'), []],
  ['a timeout cut to a tenth', production('timeout: 30s', 'timeout: 3s'), [`medium risky-timeout ${AT}`]],
  [
    'a rollout that may stop all',
    production('strategy: {}', 'strategy: { maxUnavailable: 100% }'),
    [`medium risky-rollout ${AT}`],
  ],
  ['a rollout in thirds', production('strategy: {}', 'strategy: { maxUnavailable: 33% }'), []],
  ['a wait for a batch', production('batchTimeout: 600', 'batchTimeout: 10'), []],
  ['fewer replicas', production('replicaCount: 3', 'replicaCount: 1'), []],
  ['replicas less a digit', production('replicaCount: 12', 'replicaCount: 1'), [`medium risky-replicas ${AT}`]],
  [
    'nothing left',
    production('replicas: { min: 3, max: 6 }', 'replicas: { min: 0, max: 0 }'),
    [`high risky-replicas ${AT}`],
  ],
  ['room that is kept free', production('nodePlaceholder: { replicas: 2 }', 'nodePlaceholder: { replicas: 0 }'), []],
  ['more replicas', production('replicaCount: 3', 'replicaCount: 6'), []],
  ['debug on', production('debug: false', 'debug: true'), [`high risky-debug ${AT}`]],
  ['debug off', production('debug: true', 'debug: false'), []],
  ['debug log level', production('logLevel: info', 'logLevel: debug'), [`medium risky-log-level ${AT}`]],
  ['TLS check off', production('tlsVerify: true', 'tlsVerify: false'), [`high risky-tls-check ${AT}`]],
  ['sslmode falls', production('sslmode: verify-full', 'sslmode: prefer'), [`high risky-ssl-mode ${AT}`]],
  ['CORS for all', production('corsOrigins: [https://a.io]', 'corsOrigins: ["*"]'), [`high risky-cors ${AT}`]],
  [
    'sign-in bypassed',
    production('BYPASS_DFE_SIGN_IN: false', 'BYPASS_DFE_SIGN_IN: true'),
    [`high risky-auth-bypass ${AT}`],
  ],
  ['auth off', production('authEnabled: true', 'authEnabled: false'), [`high risky-auth ${AT}`]],
  [
    'a limit in another unit',
    production('rate_limit: { unit: second, requests: 100 }', 'rate_limit: { unit: minute, requests: 6000 }'),
    [],
  ],
  ['less asked for, the limit stays', production('requests: { memory: 2Gi }', 'requests: { memory: 512Mi }'), []],
  [
    'what the key says is staging',
    { 'deploy/values.yaml': ['search-staging: { replicas: 3 }\n', 'search-staging: { replicas: 1 }\n'] },
    [],
  ],
  [
    'a memory limit halved',
    production('limits: { memory: 2Gi }', 'limits: { memory: 512Mi }'),
    [`medium risky-resources ${AT}`],
  ],
  ['the same memory in another unit', production('limits: { memory: 1Gi }', 'limits: { memory: 1024Mi }'), []],
  ['an image tag', production('image: { tag: 1.2.3 }', 'image: { tag: 1.2.4 }'), []],
  ['a name, a label, an annotation', production('name: a', 'name: b'), []],
  ['a feature switched on', production('newCheckout: false', 'newCheckout: true'), []],
  ['for developers it is no risk', { '.env.development': ['DEBUG=false\nPOOL=50\n', 'DEBUG=true\nPOOL=5\n'] }, []],
  [
    'in Compose without an environment it is a developer',
    {
      'docker-compose.yml': [
        'services: { web: { environment: { DEBUG: "0" } } }\n',
        'services: { web: { environment: { DEBUG: "1" } } }\n',
      ],
    },
    [],
  ],
  [
    'a default in settings that all environments share',
    {
      'app/settings/base.py': [
        'DB_POOL_SIZE = env.int("DB_POOL_SIZE", default=50)\n',
        'DB_POOL_SIZE = env.int("DB_POOL_SIZE", default=5)\n',
      ],
    },
    ['medium risky-pool app/settings/base.py:1'],
  ],
  [
    'seconds written as a product',
    { 'app/settings/base.py': ['SESSION_COOKIE_AGE = 3600\n', 'SESSION_COOKIE_AGE = 60 * 60\n'] },
    [],
  ],
  [
    'a comment says why',
    production('dbPoolSize: 50', '# Four pods of five stay below the limit of the new database\ndbPoolSize: 5'),
    [],
  ],
  [
    'a database open to the world',
    {
      'infra/main.tf': [
        'resource "aws_db_instance" "main" {\n  publicly_accessible = false\n}\n',
        'resource "aws_db_instance" "main" {\n  publicly_accessible = true\n}\n',
      ],
    },
    ['high risky-public infra/main.tf:2'],
  ],
  [
    'deletion protection off',
    {
      'infra/main.tf': [
        'resource "aws_db_instance" "main" {\n  deletion_protection = true\n}\n',
        'resource "aws_db_instance" "main" {\n  deletion_protection = false\n}\n',
      ],
    },
    ['high risky-protection infra/main.tf:2'],
  ],
]

test.each(RISKS)('risky: %s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})

test('every exposure keeps its lines from the reports', () => {
  expect(exposuresOf(production('dbPoolSize: 50', 'dbPoolSize: 5')).map((exposure) => exposure.concealed)).toEqual([
    true,
  ])
})
