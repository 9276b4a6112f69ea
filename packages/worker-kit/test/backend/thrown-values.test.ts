import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Job, UnrecoverableError } from 'bullmq'
import { deadLettersOf } from '../../src/index.ts'
import { setup } from '../support/setup.ts'

const hostile = new Proxy(
  {},
  {
    get() {
      throw new Error('hands off')
    },
  },
)

/** What a processor can throw, and what the job's failure has to say. */
const thrown: Record<string, { value: unknown; says: RegExp }> = {
  'an error': { value: new Error('broken'), says: /^broken$/ },
  'a text': { value: 'broken', says: /^broken$/ },
  nothing: { value: undefined, says: /undefined/ },
  null: { value: null, says: /null/ },
  'a number': { value: 42, says: /42/ },
  'a symbol': { value: Symbol('broken'), says: /Symbol\(broken\)/ },
  'a function': { value: function broken() {}, says: /broken/ },
  'an object without prototype': { value: Object.create(null), says: /null prototype/ },
  'an object like an error': { value: { name: 'Odd', message: 'broken' }, says: /^broken$/ },
  'an error without a message': { value: Object.assign(new Error('x'), { message: undefined }), says: /./ },
  'an error whose message is a number': { value: Object.assign(new Error('x'), { message: 5 }), says: /5/ },
  'an error whose message is an object': {
    value: Object.assign(new Error('x'), { message: { code: 7 } }),
    says: /code: 7/,
  },
  'an error whose stack is an object': {
    value: Object.assign(new Error('broken'), { stack: {} }),
    says: /^broken$/,
  },
  'a proxy that throws': { value: hostile, says: /./ },
}

for (const [what, { value, says }] of Object.entries(thrown))
  test(`a processor that throws ${what} fails its job, with a readable reason and a dead letter`, {
    timeout: 30_000,
  }, async t => {
    const { queue, worker } = setup(t)
    const jobs = queue()
    const running = worker(() => {
      throw value
    })
    const failed = new Promise<[Job | undefined, Error]>(resolve =>
      running.on('failed', (job, error) => resolve([job, error])),
    )
    const { id } = await jobs.add('a', {})
    const [job, error] = await failed
    assert.equal(job?.id, id)
    assert.match(error.message, says)
    const stored = (await jobs.getJob(String(id))) as Job
    assert.equal(await stored.getState(), 'failed')
    assert.match(stored.failedReason, says)
    const { letters } = await deadLettersOf(jobs).list()
    assert.deepEqual(
      letters.map(letter => letter.id),
      [id],
    )
    assert.match(letters[0]?.kind === 'job' ? letters[0].failure.reason : '', says)
  })

test('an error of BullMQ keeps its meaning', { timeout: 30_000 }, async t => {
  const { queue, worker } = setup(t)
  const running = worker(async () => {
    throw new UnrecoverableError('not again')
  })
  const failed = new Promise<[Job | undefined, Error]>(resolve =>
    running.on('failed', (job, error) => resolve([job, error])),
  )
  await queue().add('a', {}, { attempts: 5 })
  const [job, error] = await failed
  assert.ok(error instanceof UnrecoverableError)
  assert.equal(job?.attemptsMade, 1)
})

test('a job that is failed by hand with an odd error fails, too', { timeout: 30_000 }, async t => {
  const { queue, worker } = setup(t)
  const jobs = queue()
  const byHand = worker(null)
  await jobs.add('a', {})
  const job = (await byHand.getNextJob('token')) as Job
  await job.moveToFailed(Object.assign(new Error('x'), { message: { code: 7 } }) as unknown as Error, 'token')
  assert.equal(await job.getState(), 'failed')
  assert.match(((await jobs.getJob(String(job.id))) as Job).failedReason, /code: 7/)
})
