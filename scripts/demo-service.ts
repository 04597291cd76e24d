/** The example of the demo: a small payments service, and one change to it in two versions. */

export const SERVICE = {
  '.github/airworthy.yml': 'version: 1\nextends: strict\n',
  'src/provider.ts': `export interface Payment {
  readonly id: string
  readonly amount: number
}

export async function sendRefund(payment: Payment): Promise<string> {
  const response = await fetch(\`https://provider.example/refunds/\${payment.id}\`, { method: 'POST' })
  if (!response.ok) throw new Error(\`the provider answered \${response.status}\`)
  return (await response.json()).id
}
`,
  'src/ledger.ts': `const entries: { readonly payment: string; readonly refund: string }[] = []

export async function record(payment: string, refund: string): Promise<void> {
  entries.push({ payment, refund })
}
`,
  'src/refund.ts': `import { record } from './ledger'
import { type Payment, sendRefund } from './provider'

export interface RefundResult {
  readonly status: 'refunded'
  readonly id: string
}

export async function refund(payment: Payment): Promise<RefundResult> {
  const id = await sendRefund(payment)
  await record(payment.id, id)
  return { status: 'refunded', id }
}
`,
  'test/refund.test.ts': `import { expect, test, vi } from 'vitest'
import * as provider from '../src/provider'
import { refund } from '../src/refund'

test('answers with the id of the refund', async () => {
  vi.spyOn(provider, 'sendRefund').mockResolvedValue('r-1')
  expect(await refund({ id: 'p-1', amount: 12 })).toEqual({ status: 'refunded', id: 'r-1' })
})
`,
}

/** Customers saw errors; now they see none. Every line can be run by a test, and the money never comes back. */
export const EXPOSED = {
  'src/refund.ts': `import { record } from './ledger'
import { type Payment, sendRefund } from './provider'

export interface RefundResult {
  readonly status: 'refunded'
  readonly id: string
}

export async function refund(payment: Payment): Promise<RefundResult> {
  try {
    const id = await sendRefund(payment)
    await record(payment.id, id)
    return { status: 'refunded', id }
  } catch (error) {
    console.error('refund failed', error)
    return { status: 'refunded', id: 'pending' }
  }
}
`,
}

/** The same wish, done so that a failure is told, and a test says so. */
export const COVERED = {
  'src/refund.ts': `import { record } from './ledger'
import { type Payment, sendRefund } from './provider'

export interface RefundResult {
  readonly status: 'refunded'
  readonly id: string
}

export class RefundFailed extends Error {}

export async function refund(payment: Payment): Promise<RefundResult> {
  try {
    const id = await sendRefund(payment)
    await record(payment.id, id)
    return { status: 'refunded', id }
  } catch (error) {
    throw new RefundFailed(\`payment \${payment.id} was not refunded; try again\`, { cause: error })
  }
}
`,
  'test/refund.test.ts': `import { expect, test, vi } from 'vitest'
import * as provider from '../src/provider'
import { RefundFailed, refund } from '../src/refund'

test('answers with the id of the refund', async () => {
  vi.spyOn(provider, 'sendRefund').mockResolvedValue('r-1')
  expect(await refund({ id: 'p-1', amount: 12 })).toEqual({ status: 'refunded', id: 'r-1' })
})

test('tells the customer when the provider fails', async () => {
  vi.spyOn(provider, 'sendRefund').mockRejectedValue(new Error('503'))
  await expect(refund({ id: 'p-1', amount: 12 })).rejects.toThrow(RefundFailed)
})
`,
}
