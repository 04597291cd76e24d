import { describe, expect, test } from 'vitest'
import { diagnose } from '../../../src/github/doctor/diagnose.ts'
import { parseWorkflow } from '../../../src/github/doctor/parse-workflow.ts'
import type { RepositorySetup } from '../../../src/github/doctor/repository-setup.ts'

const APP = { appId: 777, slug: 'airworthy' }
const RIGHT: RepositorySetup = {
  name: 'acme/web',
  branch: 'main',
  rules: { required: [{ context: 'airworthy', appId: 777 }], mergeQueue: false },
  protection: { protected: false },
  hasPolicy: true,
  posters: [APP],
  workflows: [],
}
const WORKFLOW = `
name: Airworthy
on:
  pull_request:
  merge_group:
permissions: { contents: read, pull-requests: write }
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: acme/airworthy@v1
`

/** What is not good, a line each. */
function complaints(changes: Partial<RepositorySetup>): readonly string[] {
  return diagnose({ ...RIGHT, ...changes })
    .filter(({ level }) => level !== 'good')
    .map(({ level, says }) => `${level}: ${says}`)
}

function withWorkflow(text: string, context = 'review'): Partial<RepositorySetup> {
  return {
    posters: [],
    rules: { required: [{ context, appId: 15368 }], mergeQueue: false },
    workflows: parseWorkflow('.github/workflows/a.yml', text),
  }
}

describe('the doctor', () => {
  test('finds nothing wrong where nothing is', () => {
    expect(complaints({})).toEqual([])
  })

  test.each<[string, Partial<RepositorySetup>, RegExp]>([
    ['no policy', { hasPolicy: false }, /^unsure: main has no \.github\/airworthy\.yml/],
    ['nobody reports', { posters: [] }, /^bad: Neither the App nor the Action/],
    [
      'it is not required',
      { rules: { required: [], mergeQueue: false } },
      /^unsure: The check is not required on main/,
    ],
    [
      'anyone may set it',
      { rules: { required: [{ context: 'airworthy', appId: null }], mergeQueue: false } },
      /can forge it/,
    ],
    [
      'another App is expected',
      { rules: { required: [{ context: 'airworthy', appId: 1 }], mergeQueue: false } },
      /^bad: .* from the App 1, but 777 posts it/,
    ],
    [
      'the name is another',
      { rules: { required: [{ context: 'Airworthy / review', appId: 777 }], mergeQueue: false } },
      /^bad: The required check "Airworthy \/ review" never comes/,
    ],
    [
      'classic protection names it wrongly',
      {
        rules: { required: [], mergeQueue: false },
        protection: { protected: true, required: [{ context: 'airworthy', appId: 5 }] },
      },
      /from the App 5/,
    ],
    [
      'the token sees too little',
      { rules: { required: [], mergeQueue: false }, protection: null },
      /^unsure: This token does not see all rules/,
    ],
  ])('says so when %s', (_, changes, says) => {
    expect(complaints(changes).join('\n')).toMatch(says)
  })

  test.each<[string, string, readonly RegExp[]]>([
    ['it is as in the README', WORKFLOW, [/^unsure: On pull requests from forks/]],
    [
      'it has a path filter',
      WORKFLOW.replace('pull_request:', 'pull_request: { paths: [src] }'),
      [/^bad: .* filter/, /forks/],
    ],
    [
      'it may not comment',
      WORKFLOW.replace('pull-requests: write', 'pull-requests: read'),
      [/^bad: .* may not comment/, /forks/],
    ],
    [
      'it names no permissions',
      WORKFLOW.replace(/permissions:.*\n/, ''),
      [/^unsure: .* names no permissions/, /forks/],
    ],
    [
      'it is conditional',
      WORKFLOW.replace('    runs-on', '    if: always()\n    runs-on'),
      [/^unsure: .* has an `if:`/, /forks/],
    ],
    [
      'it does not run for pull requests',
      WORKFLOW.replace('pull_request:', 'push:'),
      [/^bad: .* does not run for pull requests/],
    ],
  ])('of a workflow when %s', (_, text, says) => {
    const found = complaints(withWorkflow(text))
    expect(found).toEqual(says.map((one) => expect.stringMatching(one)))
  })

  test('the merge queue needs its own event', () => {
    const setup = withWorkflow(WORKFLOW.replace('  merge_group:\n', ''))
    const rules = { required: [{ context: 'review', appId: 15368 }], mergeQueue: true }
    expect(complaints({ ...setup, rules })).toContainEqual(
      expect.stringMatching(/^bad: The merge queue is on, but .* does not run for it/),
    )
  })
})

describe('a workflow', () => {
  test.each([
    ['on: pull_request\njobs: { a: { steps: [{ uses: acme/airworthy@v1 }] } }', ['a pull_request']],
    [
      'on: [push, pull_request]\njobs: { a: { name: Review, steps: [{ uses: acme/airworthy@v1 }] } }',
      ['Review push,pull_request'],
    ],
    ['on: push\njobs: { a: { steps: [{ uses: acme/not-airworthy@v1 }, { run: airworthy }] } }', []],
    ['on: push\njobs: { a: { uses: ./x.yml } }', []],
    ['{ not yaml', []],
    ['just text', []],
  ])('%j', (text, uses) => {
    expect(parseWorkflow('w.yml', text).map(({ checkName, events }) => `${checkName} ${events.join()}`)).toEqual(uses)
  })
})
