import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DeadJob, deadLettersOf } from '../../src/index.ts'
import { setup } from '../support/setup.ts'

const withMessage = (message: unknown) => Object.assign(new Error(), { message })

const cases: [what: string, thrown: unknown, reason: string][] = [
  ['an error whose message is undefined', withMessage(undefined), 'The error has no message'],
  ['an error whose message is a number', withMessage(42), '42'],
  ['an object without a prototype', Object.create(null), 'The error has no message'],
  ['a function', () => undefined, 'The error has no message'],
  ['a symbol', Symbol('why'), 'The error has no message'],
  ['a number', 7, 'The error has no message'],
  ['an error whose message is an object', withMessage({ code: 7 }), '{ code: 7 }'],
  ['an error whose stack is a number', Object.assign(new Error('no luck'), { stack: 7 }), 'no luck'],
]

// What a processor throws is made an error before; a job that is failed by hand comes here with whatever it is given.
for (const [what, thrown, reason] of cases)
  test(`R9: a job that is failed by hand with ${what} fails, and has a dead letter`, async t => {
    const { queue, worker } = setup(t)
    const jobs = queue()
    const { id } = await jobs.add('a', { n: 1 })
    const job = await worker(null).getNextJob('a token')
    await job?.moveToFailed(thrown as Error, 'a token')
    assert.equal(await jobs.getJobState(String(id)), 'failed')
    const [letter] = (await deadLettersOf(jobs).get(String(id))) as DeadJob[]
    assert.deepEqual([letter?.failure.reason, letter?.data], [reason, { n: 1 }])
    assert.ok(letter?.failure.stacktraces.every(trace => typeof trace === 'string'))
  })
