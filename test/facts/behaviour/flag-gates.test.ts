import { beforeAll, describe, expect, test } from 'vitest'
import { flagGatesOf } from '../../../src/facts/behaviour/flag-gates.ts'
import type { CodeReader } from '../../../src/facts/code/code-reader.ts'
import { encloses } from '../../../src/facts/code/code-shape.ts'
import { catalog } from '../../support/catalog.ts'
import { codeFacts, testCodeReader } from '../../support/code.ts'

let reader: CodeReader
beforeAll(async () => {
  reader = await testCodeReader()
})

/** Which of the calls `on()`, `off()` and `any()` run only when the flag is on. */
async function gated(path: string, head: string, body: string): Promise<readonly string[]> {
  const facts = await codeFacts(reader, path, head + body)
  const gates = flagGatesOf(facts, catalog)
  return facts.shape.calls
    .filter(({ callee }) => /^(?:on|off|any)$/.test(callee))
    .filter(({ span }) => gates.some((gate) => gate.on.some((part) => encloses(part, span))))
    .map(({ callee }) => callee)
}

describe('TypeScript', () => {
  const head = "import { unleash, useFlags } from './flags'\n"
  test.each<[string, readonly string[]]>([
    ["if (unleash.isEnabled('x')) on(); else off()", ['on']],
    ["if (!unleash.isEnabled('x')) { off() } else { on() }", ['on']],
    ["function f() { if (!unleash.isEnabled('x')) return off()\n on() }", ['on']],
    ["function f() { if (unleash.isEnabled('x')) return on()\n off() }", ['on']],
    ["unleash.isEnabled('x') ? on() : off()", ['on']],
    ["unleash.isEnabled('x') && on()", ['on']],
    ["unleash.isEnabled('x') || off()", []],
    ["if (user && unleash.isEnabled('x')) on()", ['on']],
    ["if (user || unleash.isEnabled('x')) any()", []],
    ["if (!user || !unleash.isEnabled('x')) off(); else on()", ['on']],
    ["if (unleash.getVariant('x') === 'off') off(); else on()", ['on']],
    ["if (unleash.isEnabled('x') === false) off(); else on()", ['on']],
    ['function f() { ensureSeatsEnabled(org)\n on() }', ['on']],
    ['function f() { any()\n checkFeatureAccess(org)\n on() }', ['on']],
    ['function f() { const x = checkFeatureAccess(org)\n any() }', []],
    ["if (org.featureSettings.get('seats')) on()", ['on']],
    ["if (layer.features.get('seats')) any()", []],
    ["const isOn = unleash.isEnabled('x')\nif (isOn) on()", ['on']],
    ["const both = user && unleash.isEnabled('x')\nif (both) on()", ['on']],
    ['const { newNav } = useFlags()\nif (newNav) on()', ['on']],
    ['let loop = loop && loop\nif (loop) any()', []],
    ['if (button.isEnabled()) any()', []],
    ['if (user.isAdmin) any()', []],
    ["if (can('refund')) any()", []],
    ['if (settings.REFUNDS_ENABLED) on()', ['on']],
    ['if (config.disableRefunds) off(); else on()', ['on']],
  ])('%s', async (body, expected) => {
    expect(await gated('a.ts', head, body)).toEqual(expected)
  })
  test('JSX', async () => {
    const body =
      "export const A = () => <>{unleash.isEnabled('x') && <B go={on()} />}<FeatureFlag name='x'>{on()}</FeatureFlag>{off()}</>"
    expect(await gated('a.tsx', head, body)).toEqual(['on', 'on'])
  })
})

describe('Python', () => {
  const head = 'from waffle import switch_is_active\n'
  test.each<[string, readonly string[]]>([
    ['if switch_is_active("x"):\n    on()\nelse:\n    off()\n', ['on']],
    ['def f():\n    if not switch_is_active("x"):\n        return off()\n    on()\n', ['on']],
    ['on() if switch_is_active("x") else off()\n', ['on']],
    ['if user.ok:\n    any()\nelif switch_is_active("x"):\n    on()\n', ['on']],
    ['isOn = switch_is_active("x")\nif isOn:\n    on()\n', ['on']],
  ])('%s', async (body, expected) => {
    expect(await gated('a.py', head, body)).toEqual(expected)
  })
})

describe('Go', () => {
  const head = 'package p\nimport "github.com/Unleash/unleash-client-go/v4"\n'
  test.each<[string, readonly string[]]>([
    ['func f() {\n\tif unleash.IsEnabled("x") {\n\t\ton()\n\t} else {\n\t\toff()\n\t}\n}', ['on']],
    ['func f() {\n\tif !unleash.IsEnabled("x") {\n\t\toff()\n\t\treturn\n\t}\n\ton()\n}', ['on']],
    ['func f() {\n\tif ok := unleash.IsEnabled("x"); ok {\n\t\ton()\n\t}\n}', ['on']],
    ['func f() {\n\tif widget.IsEnabled() {\n\t\tany()\n\t}\n}', []],
  ])('%s', async (body, expected) => {
    expect(await gated('a.go', body.includes('widget') ? 'package p\n' : head, body)).toEqual(expected)
  })
})
