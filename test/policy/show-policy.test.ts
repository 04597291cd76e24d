import { expect, test } from 'vitest'
import { showPolicy } from '../../src/policy/show-policy.ts'
import { policyOf } from './resolve.ts'

const TEXT = `
version: 1
extends: advisory
critical: [{ name: "checkout: pay", paths: ["services/checkout/**"], factor: 2 }]
checks: { error-paths: { level: off, options: { tools: ["**/bin/**"] } } }
overrides: [{ paths: ["a"], checks: { error-paths: off } }]
`

test('is YAML with nothing left to a preset', async () => {
  expect(showPolicy(await policyOf(TEXT)).replace(/[0-9a-f]{64}/, '…')).toMatchInlineSnapshot(`
    "# The policy that holds: .github/airworthy.yml at main
    # sha256:…
    version: 1
    mode: advise
    onError: block
    labels: {}
    confidence:
      pass: 80
    prices:
      low: 0
      medium: 8
      high: 20
      critical: 40
    environments:
      - production
      - staging
    critical:
      - name: "checkout: pay"
        paths:
          - services/checkout/**
        factor: 2
    ignore: []
    checks:
      config-env:
        level: warn
        options:
          expected: []
          provided: []
      error-paths:
        level: off
        options:
          tools:
            - "**/bin/**"
      feature-flag:
        level: note
        options:
          calls: []
          insist: false
          tools:
            - "**/scripts/**"
            - "**/bin/**"
            - "**/{cli,*-cli}/**"
            - "**/hack/**"
            - "**/management/commands/**"
            - "**/{example,examples,sample,samples,demo,demos,playground,codegen,gen}/**"
            - references/**
            - docs/**
            - "*/docs/**"
            - .github/**
      monitoring:
        level: note
        options:
          calls: []
          insist: false
          tools:
            - "**/scripts/**"
            - "**/bin/**"
            - "**/{cli,*-cli}/**"
            - "**/hack/**"
            - "**/management/commands/**"
            - "**/{example,examples,sample,samples,demo,demos,playground,codegen,gen}/**"
            - references/**
            - docs/**
            - "*/docs/**"
            - .github/**
      rollback:
        level: warn
        options:
          maxAge: 30d
          maxDuration: 10m
          require:
            low: written
            medium: ci
            high: rehearsal
            critical: rehearsal
    overrides:
      - paths:
          - a
        checks:
          error-paths: off
    "
  `)
})

test('read again it is the same policy', async () => {
  const policy = await policyOf(TEXT)
  expect((await policyOf(showPolicy(policy))).digest).toBe(policy.digest)
})

test('a source cannot end its comment', async () => {
  const policy = { ...(await policyOf(TEXT)), source: 'p.yml at x\nmode: enforce' }
  expect((await policyOf(showPolicy(policy))).digest).toBe(policy.digest)
})
