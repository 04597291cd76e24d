// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these texts are configuration of others
import { expect, test } from 'vitest'
import { type Files, raised } from '../../support/config-change.ts'

function sizes(limit: string, request: string, replicas: number): string {
  return `replicas: ${replicas}\nresources:\n  limits:\n    memory: ${limit}\n  requests:\n    memory: ${request}\n`
}

function worker(ports: string, probed: boolean): string {
  const probe = '          readinessProbe:\n            exec:\n              command: [probe]\n'
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: w\nspec:\n  template:\n    spec:\n      containers:\n        - name: w\n${probed ? probe : ''}${ports}          image: a\n`
}

/** Changes of values that are meant, each silence beside the case that it must not swallow. */
const CASES: readonly (readonly [name: string, files: Files, raised: readonly string[]])[] = [
  ['a change that is all about sizes', { 'nais/prod.yaml': [sizes('2Gi', '1Gi', 4), sizes('1Gi', '512Mi', 2)] }, []],
  [
    'sizes that fall beside code',
    { 'nais/prod.yaml': [sizes('2Gi', '1Gi', 4), sizes('1Gi', '1Gi', 2)], 'src/pay.ts': ['a()\n', 'b()\n'] },
    ['medium risky-resources nais/prod.yaml:4'],
  ],
  [
    'how long a probe of the chart below waits',
    {
      'helm/values-prod.yaml': [
        'web:\n  a: 1\n  readinessProbe:\n    initialDelaySeconds: 780\n    periodSeconds: 9\n',
        'web:\n  a: 1\n',
      ],
    },
    [],
  ],
  [
    'a limit that falls with what is asked for',
    { 'nais/prod.yaml': [sizes('2Gi', '2Gi', 4), sizes('1Gi', '1Gi', 4)], 'src/pay.ts': ['a()\n', 'b()\n'] },
    [],
  ],
  [
    'both limits of a container',
    {
      'k8s/web.yaml': [
        'limits:\n  cpu: 250m\n  memory: 256Mi\na: 1\nb: 1\nc: 1\n',
        'limits:\n  cpu: 100m\n  memory: 128Mi\na: 2\nb: 2\nc: 2\n',
      ],
    },
    [],
  ],
  [
    'what only a rehearsal had',
    {
      'nais/dev/mock.yaml': [
        'kind: Application\nspec:\n  env:\n    - name: PAY_URL\n      value: https://a.io\n    - name: A\n      value: b\n',
        'kind: Application\nspec:\n  env:\n    - name: A\n      value: b\n',
      ],
      'src/main/resources/application.yml': 'pay: ${PAY_URL}\n',
    },
    [],
  ],
  [
    'bounds of a scaling that is switched on only now',
    {
      'helm/values-prod.yaml': [
        'autoscaling:\n  enabled: false\n  maxReplicas: 100\n',
        'autoscaling:\n  enabled: true\n  maxReplicas: 10\n',
      ],
    },
    [],
  ],
  [
    'a rule that is on here and something between there',
    {
      'helm/values-prod.yaml': ['a: 1\n', 'a: 1\nrule: "On"\n'],
      'helm/values-staging.yaml': ['a: 1\n', 'a: 1\nrule: DetectionOnly\n'],
    },
    [],
  ],
  [
    'the deployment is called dev, and this is its production',
    { 'deployments/dev/config/prod.yaml': ['a: 1\n', 'a: 1\nurl: http://web-dev\n'] },
    [],
  ],
  [
    'the password of a sample',
    { 'ckan/production.ini': ['[app]\na = 1\n', '[app]\na = 1\nurl = postgresql://ckan:pass@db/ckan\n'] },
    [],
  ],
  [
    'names that a pipeline fills in',
    {
      'nais.yaml': ['name: web\n', 'kind: Application\nmetadata:\n  namespace: @@NAMESPACE@@\n  name: web:@@TAG@@\n'],
    },
    [],
  ],
  [
    'a size of such a change that slipped',
    { 'nais/prod.yaml': [sizes('10Gi', '1Gi', 4), sizes('1Gi', '512Mi', 2)] },
    ['medium risky-resources nais/prod.yaml:4'],
  ],
  [
    'logs of all environments that say more',
    { 'src/main/resources/application.yml': ['logging.level.web: INFO\n', 'logging.level.web: DEBUG\n'] },
    [],
  ],
  [
    'logs that are kept for less long',
    {
      'infra/logs.tf': [
        'resource "aws_cloudwatch_log_group" "a" {\n  retention_in_days = 365\n}\n',
        'resource "aws_cloudwatch_log_group" "a" {\n  retention_in_days = 30\n}\n',
      ],
    },
    [],
  ],
  [
    'backups that are kept for less long',
    {
      'infra/db.tf': [
        'resource "aws_db_instance" "a" {\n  backup_retention_days = 35\n}\n',
        'resource "aws_db_instance" "a" {\n  backup_retention_days = 7\n}\n',
      ],
    },
    ['medium risky-retention infra/db.tf:2'],
  ],
  [
    'all of it runs on one machine, as a build for production does at home',
    {
      'web/.env.production': [
        'A=1\n',
        'A=1\nMAIL_HOST=localhost\nAPI_URL=http://localhost:3000\nREDIS_URL=redis://127.0.0.1:6379\n',
      ],
    },
    [],
  ],
  ['a worker without a port has no probe any more', { 'k8s/worker.yaml': [worker('', true), worker('', false)] }, []],
  [
    'what answers requests has no probe any more',
    {
      'k8s/worker.yaml': [
        worker('          ports:\n            - containerPort: 80\n', true),
        worker('          ports:\n            - containerPort: 80\n', false),
      ],
    },
    ['medium risky-probe k8s/worker.yaml:12'],
  ],
]

test.each(CASES)('%s', (_name, files, expected) => {
  expect(raised(files)).toEqual(expected)
})
