import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { amqpUrl, redisUrl } from '@jackalope/local-servers/testing'
import { Registry } from 'prom-client'
import { z } from 'zod'
import { type ConnectOptions, connect, createRabbitmqBackend, type WorkOptions } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'
import { observeKit } from '../../src/metrics/index.ts'
import { ended } from '../support/ended.ts'
import { setup } from '../support/setup.ts'

const code = 'ERR_INVALID_DEFINITION'
const task = defineJob({ name: 'jobs', input: z.object({}) })

async function refusalOf(options: ConnectOptions): Promise<Error & { code?: string }> {
  return connect(options).then(
    () => assert.fail('it connected'),
    error => error,
  )
}

test('connect names every option that is wrong at once, and connects to nothing', async () => {
  const options = {
    amqpUrl: undefined,
    redisUrl: '',
    queueType: 'stream',
    confirmTimeoutMs: -1,
    maxMessageBytes: 0,
    consumerTimeoutMs: 1_000,
    recordOn: 'never',
    prefix: '',
    connectTimeoutMs: Number.POSITIVE_INFINITY,
    logger: console.log,
    telemetry: true,
    concurrency: 5,
  } as unknown as ConnectOptions
  const error = await refusalOf(options)
  const said = error.message.split(/: (?=amqpUrl: )|; (?=\w+: )/)
  assert.match(said.pop() as string, /^concurrency: no such option; there are amqpUrl, .*, telemetry$/)
  assert.deepEqual(said, [
    'connect',
    'amqpUrl: expected amqp://user:password@host:port/virtual-host or amqps://..., got undefined',
    'redisUrl: expected redis://user:password@host:port/database or rediss://..., got ""',
    'queueType: expected one of "quorum", "classic", got "stream"',
    'confirmTimeoutMs: expected an integer from 1 to 2147483647, got -1',
    'maxMessageBytes: expected an integer >= 1, got 0',
    'consumerTimeoutMs: expected an integer >= 60000, got 1000',
    'recordOn: expected one of "add", "start", "auto", got "never"',
    'prefix: expected a text, got ""',
    'connectTimeoutMs: expected an integer from 1 to 2147483647, got Infinity',
    'logger: expected an object with debug, info, warn and error, got [Function: log]',
    "telemetry: expected an implementation of BullMQ's Telemetry, got true",
  ])
  assert.equal(error.code, code)
})

test('an address that is none is refused without its password', async () => {
  const wrong: [object, RegExp][] = [
    [{ amqpUrl: 'http://me:secret@h' }, /amqpUrl: expected amqp:\/\/ or amqps:\/\/, got http:/],
    [{ amqpUrl: 'amqp://me:secret%@h' }, /amqpUrl: expected %25 for each %/],
    [{ amqpUrl: [] }, /amqpUrl: expected one address or several, got an empty list/],
    [{ amqpUrl: { hostname: 'h' } }, /amqpUrl: .*amqp takes/],
    [{ amqpUrl: amqpUrl(), amqp: amqpUrl() }, /amqpUrl: expected to be missing, as amqp is given/],
    [
      { amqp: { hostname: '', port: 0, password: ['secret'] } },
      /hostname: .*port: .*password: .*something else/,
    ],
    [{ amqp: { url: 'amqps://h', tls: 'secret' } }, /tls: expected options of Node's tls\.connect, got/],
    [{ redisUrl: 'http://:secret@h' }, /redisUrl: expected redis:\/\/ or rediss:\/\/, got http:/],
    [{ redis: 'redis://:secret@h' }, /redis: expected .*redisUrl takes one/],
    [{ redis: { keyPrefix: 'k', password: 'secret' } }, /redis: expected no keyPrefix/],
  ]
  for (const [options, message] of wrong) {
    const both = { amqpUrl: amqpUrl(), ...('redis' in options ? {} : { redisUrl: redisUrl() }), ...options }
    if ('amqp' in options && !('amqpUrl' in options)) both.amqpUrl = undefined as unknown as string
    const error = await refusalOf(both as unknown as ConnectOptions)
    assert.match(error.message, message)
    assert.doesNotMatch(error.message, /secret/, JSON.stringify(options))
  }
})

test('createRabbitmqBackend names every option that is wrong at once', () => {
  const options = { url: '', queueType: 'stream', confirmTimeoutMs: 0, maxMessageByte: 1 } as never
  const message =
    /^createRabbitmqBackend: url: .*; queueType: .*; confirmTimeoutMs: .*; maxMessageByte: no such option/
  assert.throws(() => createRabbitmqBackend(options), { code, message })
})

test('work, close, onDeadLetter and observeKit refuse what is out of range, and change nothing', async t => {
  const { prefix } = setup(t)
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  t.after(() => kit.close())
  const wrong = {
    concurrency: 0,
    lockDurationMs: 3_000_000_000,
    maxStalledCount: -1,
    limiter: {},
  } as WorkOptions
  assert.throws(() => kit.work(task, undefined as never, wrong), {
    code,
    message:
      /^work: handler: .*; concurrency: .*; lockDurationMs: expected an integer from 1000 to 2147483647.*; maxStalledCount: .*; limiter: no such/,
  })
  assert.throws(() => kit.work({} as never, async () => undefined), {
    code,
    message: /definition: expected what/,
  })
  await assert.rejects(kit.onDeadLetter(task, '', undefined as never), {
    code,
    message: /^onDeadLetter: subscription: .*; listener: expected a function, got undefined$/,
  })
  await assert.rejects(
    kit.onDeadLetter(task, 'x'.repeat(250), async () => undefined),
    { code, message: /^The name of the subscription "x+…" has \d+ bytes too many/ },
  )
  assert.throws(() => kit.events(task, { since: 1, onEvent: () => undefined } as never), {
    code,
    message:
      /^events: since: expected a Date, got 1; onEvents: expected a function.*; onEvent: no such option/,
  })
  const observe = { register: {}, durationBuckets: [2, 1], timeoutMs: 0 } as never
  assert.throws(() => observeKit(kit, observe), {
    code,
    message: /register: .*; durationBuckets: .*; timeoutMs: /,
  })
  observeKit(kit, { register: new Registry() })
  await assert.rejects(kit.close({ timeoutMs: 2 ** 31 }), {
    code,
    message: 'close: timeoutMs: expected an integer from 0 to 2147483647, or Infinity, got 2147483648',
  })
  // It is open still.
  await kit.queue(task).add({})
})

test('close without limit waits for a running job, however long it takes', async t => {
  const { prefix } = setup(t)
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  const other = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  t.after(() => other.close())
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>()
  const started = Promise.withResolvers<AbortSignal>()
  const { bull } = kit.work(task, async ({ signal }) => {
    started.resolve(signal)
    await mayEnd
  })
  const { id } = await kit.queue(task).add({})
  const signal = await started.promise
  const aborted = once(signal, 'abort').then(() => end())
  const closing = once(bull, 'closing')
  const closed = kit.close({ timeoutMs: Number.POSITIVE_INFINITY })
  await closing
  // Longer than a timer that Node cuts to 1 ms, and each timer behind it.
  for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => setTimeout(resolve, 1))
  end()
  await Promise.race([closed, aborted])
  assert.equal(signal.aborted, false)
  assert.equal((await ended(other.queue(task).bull, id)).finishedOn !== undefined, true)
  await closed
})

test('a backoff of 30 days is kept to the millisecond', async t => {
  const { prefix } = setup(t)
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  t.after(() => kit.close())
  const delayMs = 30 * 24 * 3_600_000
  for (const backoff of [
    { type: 'fixed', delayMs },
    { type: 'exponential', delayMs },
    { type: 'fixed', delayMs, maxDelayMs: delayMs },
  ] as const) {
    const patient = defineJob({
      name: `jobs-${backoff.type}-${'maxDelayMs' in backoff}`,
      input: z.object({}),
      attempts: 2,
      backoff,
    })
    const { bull: worker } = kit.work(patient, async () => {
      throw new Error('not yet')
    })
    const failed = once(worker, 'failed')
    const { id } = await kit.queue(patient).add({})
    await failed
    const job = await kit.queue(patient).getJob(id)
    assert.deepEqual([await job?.getState(), job?.delay], ['delayed', delayMs])
    await kit.queue(patient).bull.obliterate({ force: true })
  }
})
