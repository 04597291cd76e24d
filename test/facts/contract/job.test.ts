import { describe, expect, test } from 'vitest'
import type { ContractChange } from '../../../src/facts/contract/contract-change.ts'
import { compareJobs, mayHoldJobs } from '../../../src/facts/contract/job.ts'

function said(changes: readonly ContractChange[]): readonly string[] {
  return changes.map((one) => `${one.kind} ${one.subject} ${one.side}:${one.line}`)
}

describe('jobs', () => {
  const py = '@app.task(bind=True)\ndef send(self, order_id: int, tries=3):\n    pass\n'
  const rb = 'class Send\n  include Sidekiq::Job\n  def perform(order_id, tries = 3)\n  end\nend\n'
  const ts =
    'export const SEND_JOB_SCHEMA = z.object({\n  // What to send, and how often.\n  orderId: z.number(),\n  tries: z.number().default(3),\n})\n'
  test.each<[string, string, string, string, readonly string[]]>([
    [
      'Celery: a required argument more',
      'a/tasks.py',
      py,
      py.replace('tries=3', 'tz, tries=3'),
      ['made-required send(tz) head:2'],
    ],
    ['Celery: an argument less', 'a/tasks.py', py, py.replace(', tries=3', ''), ['removed send(tries) base:2']],
    ['Celery: one with a default more', 'a/tasks.py', py, py.replace('tries=3', 'tries=3, tz=None'), []],
    [
      'Celery: no job',
      'a/tasks.py',
      py.replace('@app.task(bind=True)', '@cached'),
      py.replace('@app.task(bind=True)', '@cached').replace('tries=3', 'tz'),
      [],
    ],
    [
      'Sidekiq: a required argument more',
      'app/jobs/a.rb',
      rb,
      rb.replace('tries = 3', 'tz, tries = 3'),
      ['made-required Send(tz) head:3'],
    ],
    ['Sidekiq: another name', 'app/jobs/a.rb', rb, rb.replace('order_id', 'id'), []],
    ['Sidekiq: one with a default more', 'app/jobs/a.rb', rb, rb.replace('tries = 3', 'tries = 3, tz = nil'), []],
    [
      'Celery: the name in the queue changes',
      'a/tasks.py',
      py.replace('bind=True', 'bind=True, name="mail.send"'),
      py.replace('bind=True', 'bind=True, name="post.send"'),
      ['renamed send head:2'],
    ],
    [
      'a schema: a required key more',
      'src/jobs/send.ts',
      ts,
      ts.replace('tries:', 'tz: z.string(),\n  tries:'),
      ['made-required SEND_JOB_SCHEMA(tz) head:1'],
    ],
    [
      'a schema: an optional key more',
      'src/jobs/send.ts',
      ts,
      ts.replace('tries:', 'tz: z.string().nullish(),\n  tries:'),
      [],
    ],
    ['a schema: a key less', 'src/jobs/send.ts', ts, ts.replace('  orderId: z.number(),\n', ''), []],
    ['a schema of something else', 'src/forms/send.ts', ts, ts.replace('tries:', 'tz: z.string(),\n  tries:'), []],
  ])('%s', (_, path, base, head, expected) => {
    expect(mayHoldJobs(path) ? said(compareJobs(path, base, head)) : []).toEqual(expected)
  })
})
