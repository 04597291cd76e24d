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
  'src/ledger.ts': `const refunds: { readonly payment: string; readonly refund: string }[] = []

export async function record(payment: string, refund: string): Promise<void> {
  refunds.push({ payment, refund })
}
`,
  'src/queue.ts': `const waiting: string[] = []

export async function retryLater(payment: string): Promise<void> {
  waiting.push(payment)
}
`,
  'src/refund.ts': `import { record } from './ledger'
import { type Payment, sendRefund } from './provider'

export interface Refund {
  readonly ok: boolean
  readonly id: string
}

export async function refund(payment: Payment): Promise<Refund> {
  const id = await sendRefund(payment)
  await record(payment.id, id)
  return { ok: true, id }
}
`,
  'test/refund.test.ts': `import { expect, test, vi } from 'vitest'
import * as provider from '../src/provider'
import { refund } from '../src/refund'

const payment = { id: 'p-1', amount: 12 }

test('answers with the id of the refund', async () => {
  vi.spyOn(provider, 'sendRefund').mockResolvedValue('r-1')
  expect(await refund(payment)).toEqual({ ok: true, id: 'r-1' })
})
`,
}

/** Customers saw errors; now they see none. Every line can be run by a test, and the money never comes back. */
export const EXPOSED = {
  'src/refund.ts': `import { record } from './ledger'
import { type Payment, sendRefund } from './provider'

export interface Refund {
  readonly ok: boolean
  readonly id: string
}

export async function refund(payment: Payment): Promise<Refund> {
  try {
    const id = await sendRefund(payment)
    await record(payment.id, id)
    return { ok: true, id }
  } catch (error) {
    console.error('refund failed', error)
    return { ok: true, id: 'pending' }
  }
}
`,
}

/** The same wish, done so that the money comes back later, and a test makes the provider fail to see it. */
export const COVERED = {
  'src/refund.ts': `import { record } from './ledger'
import { type Payment, sendRefund } from './provider'
import { retryLater } from './queue'

export interface Refund {
  readonly ok: boolean
  readonly id: string
}

export async function refund(payment: Payment): Promise<Refund> {
  try {
    const id = await sendRefund(payment)
    await record(payment.id, id)
    return { ok: true, id }
  } catch (error) {
    console.error('refund failed', error)
    await retryLater(payment.id)
    return { ok: true, id: 'queued' }
  }
}
`,
  'test/refund.test.ts': `import { expect, test, vi } from 'vitest'
import * as provider from '../src/provider'
import * as queue from '../src/queue'
import { refund } from '../src/refund'

const payment = { id: 'p-1', amount: 12 }

test('answers with the id of the refund', async () => {
  vi.spyOn(provider, 'sendRefund').mockResolvedValue('r-1')
  expect(await refund(payment)).toEqual({ ok: true, id: 'r-1' })
})

test('queues the refund when the provider fails', async () => {
  const retryLater = vi.spyOn(queue, 'retryLater')
  vi.spyOn(provider, 'sendRefund').mockRejectedValue(new Error('503'))
  expect(await refund(payment)).toEqual({ ok: true, id: 'queued' })
  expect(retryLater).toHaveBeenCalledWith('p-1')
})
`,
}
