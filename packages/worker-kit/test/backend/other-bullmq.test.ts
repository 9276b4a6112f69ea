import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amqpUrl, onEnd, redisUrl } from '@jackalope/local-servers/testing'
import * as bullmq from 'bullmq'
import * as bullmq5 from 'bullmq-5'
import * as bullmq65 from 'bullmq-6-5'
import { createRabbitmqBackend, WorkerKitError } from '../../src/index.ts'

interface AnyClass {
  new (...args: unknown[]): { close(): Promise<unknown>; on(event: 'error', listener: () => void): unknown }
}
type Classes = Record<keyof typeof argumentsOf, AnyClass>

const connection = { url: redisUrl(), maxRetriesPerRequest: null }

/** What each of BullMQ's classes is made with, before the factory. */
const argumentsOf = {
  Queue: ['other-bullmq', { connection }],
  Worker: ['other-bullmq', null, { connection }],
  QueueEvents: ['other-bullmq', { connection, autorun: false }],
  QueueEventsProducer: ['other-bullmq', { connection }],
  FlowProducer: [{ connection }],
} as const

function make(name: keyof typeof argumentsOf, classes: unknown, factory: unknown) {
  return new (classes as Classes)[name](...argumentsOf[name], factory)
}

for (const name of Object.keys(argumentsOf) as (keyof typeof argumentsOf)[]) {
  test(`a ${name} of another copy of BullMQ 6 is told of both copies`, () => {
    const factory = createRabbitmqBackend({ url: amqpUrl() })
    assert.throws(
      () => make(name, bullmq65, factory),
      isUnsupported(/bullmq 6\.5\.4 in .*worker-kit uses bullmq 6\.7\.0 in .*npm ls bullmq/),
    )
  })

  test(`a ${name} of BullMQ 5 is told that it has no backends`, () => {
    const factory = createRabbitmqBackend({ url: amqpUrl() })
    assert.throws(
      () => make(name, bullmq5, factory),
      isUnsupported(/bullmq 5\.81\.5 in .*worker-kit uses bullmq 6\.7\.0 in .*npm ls bullmq/),
    )
  })

  test(`a ${name} of the copy that worker-kit uses is made`, async () => {
    const made = make(name, bullmq, createRabbitmqBackend({ url: amqpUrl() }))
    made.on('error', () => undefined)
    await made.close()
  })
}

test('a queue of another copy is refused by the default factory too', t => {
  bullmq65.setDefaultBackendFactory(createRabbitmqBackend({ url: amqpUrl() }) as never)
  onEnd(t, () => bullmq65.setDefaultBackendFactory())
  assert.throws(
    () => new bullmq65.Queue('other-bullmq', { connection }),
    isUnsupported(/two copies of BullMQ/),
  )
})

test('who calls the factory without an object of BullMQ gets a backend', async () => {
  const factory = createRabbitmqBackend({ url: amqpUrl() })
  const backend = factory('other-bullmq', { connection })
  backend.on('error', () => undefined)
  await backend.close()
})

function isUnsupported(message: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof WorkerKitError)
    assert.equal(error.code, 'ERR_UNSUPPORTED_BULLMQ')
    assert.match(error.message, message)
    return true
  }
}
