import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WorkerKitError } from '../../../src/errors.ts'
import { Recovery } from '../../../src/worker/recovery/recovery.ts'
import { delivery } from '../../support/delivery.ts'

const oom = "OOM command not allowed when used memory > 'maxmemory'."

/** Errors of Redis, and whether the message that it could not record is to blame. */
const errors: [message: string, isRefused: boolean][] = [
  [oom, false],
  [`ERR Error running script (call to f_2a): @user_script:1: @user_script: 1: -${oom}`, false],
  ['BUSY Redis is busy running a script', false],
  ['ERR user_script:12: bad argument #1 to unpack, script: 2a, on @user_script:12.', true],
]

for (const [message, isRefused] of errors)
  test(`a message is ${isRefused ? 'dead-lettered' : 'requeued'} when Redis says of its job: ${message}`, async () => {
    const recovery = new Recovery({
      queue: { keys: {} as never, client: () => Promise.reject(new Error(message)) },
      publish: () => assert.fail('nothing is published'),
      addJob: () => assert.fail('nothing is added'),
    })
    const settled: string[] = []
    const unrecorded = delivery('a', {
      stamp: '',
      content: Buffer.from('{"name":"greet"}'),
      properties: {} as never,
      ack: () => settled.push('acknowledged'),
      requeue: () => settled.push('requeued'),
      deadLetter: async () => void settled.push('dead-lettered'),
    })
    const judged = recovery.judge(unrecorded)
    if (isRefused) await judged
    else await assert.rejects(judged, { message })
    assert.deepEqual(settled, [isRefused ? 'dead-lettered' : 'requeued'])
  })

test('a message without an id is dead-lettered if no copy of it can be published', async () => {
  const recovery = new Recovery({
    queue: { keys: {} as never, client: () => assert.fail('Redis is not asked') },
    publish: () => Promise.reject(new WorkerKitError('ERR_MALFORMED_MESSAGE', 'its headers are too large')),
    addJob: () => assert.fail('nothing is added'),
  })
  const { promise: reason, resolve } = Promise.withResolvers<string>()
  const unrecorded = delivery('', {
    stamp: '',
    content: Buffer.from('{"name":"greet"}'),
    requeue: () => assert.fail('it would come back at once'),
    deadLetter: async why => resolve(why),
  })
  await recovery.judge(unrecorded)
  assert.match(await reason, /its headers are too large/)
})
