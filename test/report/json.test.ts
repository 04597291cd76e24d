import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatJson, formatNdjson, toJson } from '../../src/report/json.ts'
import schema from '../../src/report/report.schema.json' with { type: 'json' }
import { SAMPLE_EVIDENCE, sampleExposure, sampleItem, sampleReview } from '../support/sample-review.ts'
import { anyReview } from './arbitrary-review.ts'

const ajv = new Ajv2020({ allErrors: true })
const validate = ajv.compile(schema)

describe('the JSON report', () => {
  test('keeps the contract for any review', () => {
    fc.assert(
      fc.property(anyReview, (review) => {
        validate(JSON.parse(formatJson(review)))
        expect(validate.errors).toBeNull()
      }),
    )
  })
  test.each([
    ['a verdict of its own', { verdict: 'green' }],
    ['a confidence over 100', { confidence: 101 }],
    ['a schema version that is not 1', { schemaVersion: 2 }],
    ['no list of checks', { checks: undefined }],
  ])('would be told of %s: the schema is no rubber stamp', (_, wrong) => {
    expect(validate(JSON.parse(JSON.stringify({ ...toJson(sampleReview([])), ...wrong })))).toBe(false)
  })
  test('writes its fields in a fixed order', () => {
    const exposure = sampleExposure({ evidence: [SAMPLE_EVIDENCE] })
    const review = sampleReview([sampleItem([exposure])], {
      notes: [{ kind: 'file-too-large', says: 'larger than 2 MB', path: 'a.ts' }],
    })
    expect(formatNdjson(review)).toMatchInlineSnapshot(`
      "{"schemaVersion":1,"tool":{"name":"airworthy","version":"0.1.0"},"change":{"base":"1111111111111111111111111111111111111111","head":"2222222222222222222222222222222222222222","mergeBase":"3333333333333333333333333333333333333333","files":12,"additions":340,"deletions":25},"policy":{"source":"preset recommended","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000000","mode":"enforce"},"confidence":100,"coverage":{"covered":1,"total":1,"ratio":1},"verdict":"pass","reasons":[],"checks":[{"id":"error-paths","title":"Changed error paths are tested","question":"Is every changed error path tested?","level":"block","status":"covered","summary":"All exposures are covered","exposures":[{"id":"error-paths-0a1b2c3d4e5f","kind":"failure-answered-as-success","severity":"high","level":"block","path":"src/orders/refund.ts","startLine":41,"endLine":43,"side":"head","within":"refund","says":"When \`provider.refund\` fails, \`refund\` answers as if it had worked; no test of it was found","remedy":"Add a test that makes \`provider.refund\` reject and asserts what \`refund\` does then","covered":true,"cost":0,"evidence":[{"kind":"test","says":"\\"refund › answers 502 when the provider fails\\" makes \`provider.refund\` reject and asserts 502","at":{"path":"test/orders/refund.test.ts","startLine":33,"endLine":41,"side":"head"}}]}]}],"notes":[{"kind":"file-too-large","says":"larger than 2 MB","path":"a.ts"}]}
      "
    `)
  })
  test('has the reason of an item that has one, and no exposures then', () => {
    const outcome = { status: 'unknown', reason: 'the tree could not be listed' } as const
    const [check] = toJson(sampleReview([sampleItem([], { outcome })])).checks
    expect(check).toMatchObject({ status: 'unknown', reason: 'the tree could not be listed', exposures: [] })
  })
  test('has no reason where there is none', () => {
    expect(toJson(sampleReview([sampleItem([])])).checks[0]).not.toHaveProperty('reason')
  })
  test('is one document that ends with a line feed', () => {
    expect(formatJson(sampleReview([]))).toMatch(/^\{\n {2}"schemaVersion": 1,[\s\S]*\n\}\n$/)
    expect(formatNdjson(sampleReview([]))).toMatch(/^\{"schemaVersion":1,.*\}\n$/)
  })
})
