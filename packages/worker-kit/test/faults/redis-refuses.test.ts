import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { until } from '@jackalope/local-servers/testing'
import { Redis } from 'ioredis'
import { Ledger } from '../support/ledger.ts'
import { type PrivateRedis, setupWithPrivateRedis } from '../support/private-redis.ts'

test('R3: jobs that end while Redis answers BUSY are completed once it is free, and run once', {
  timeout: 60_000,
}, async t => {
  const place = await setupWithPrivateRedis(t)
  const ledger = new Ledger()
  const mayEnd = Promise.withResolvers<void>()
  const worker = place.worker(
    async job => {
      ledger.note(job.id)
      await mayEnd.promise
    },
    { concurrency: 5, lockDuration: 60_000, stalledInterval: 1_000 },
  )
  const completed = countEvents(worker, 'completed')
  await place.queue().addBulk(Array.from({ length: 5 }, (_, n) => ({ name: 'a', data: { n } })))
  await ledger.untilRan(5)

  const busy = makeBusy(place, 4_000)
  await until(() => isBusy(place))
  mayEnd.resolve()
  await busy
  await until(async () => completed.count === 5)
  assert.deepEqual(ledger.ranTwice, [])
  assert.equal(await place.redis.zcard(`${place.amqpQueue}:completed`), 5)
})

test('R3: so are attempts that fail meanwhile: each is delayed once, and tried again', {
  timeout: 60_000,
}, async t => {
  const place = await setupWithPrivateRedis(t)
  const mayEnd = Promise.withResolvers<void>()
  const started = Promise.withResolvers<void>()
  const attempts: number[] = []
  const worker = place.worker(
    async job => {
      attempts.push(job.attemptsMade)
      started.resolve()
      await mayEnd.promise
      if (job.attemptsMade === 0) throw new Error('try again')
    },
    { lockDuration: 60_000, stalledInterval: 1_000 },
  )
  const completed = countEvents(worker, 'completed')
  await place.queue().add('a', {}, { attempts: 2, backoff: 10 })
  await started.promise
  const busy = makeBusy(place, 2_000)
  await until(() => isBusy(place))
  mayEnd.resolve()
  await busy
  await until(async () => completed.count === 1)
  assert.deepEqual(attempts, [0, 1])
})

test('jobs that would be recorded at their start while Redis answers BUSY run once it is free, and once', {
  timeout: 60_000,
}, async t => {
  const place = await setupWithPrivateRedis(t)
  const ledger = new Ledger()
  const jobs = place.queue({ backend: { recordOn: 'start' } })
  const worker = place.worker(async job => ledger.note(job.id), { concurrency: 5, lockDuration: 60_000 })
  await ledger.add(jobs, 'before', 1)
  await ledger.untilRan(1)
  const busy = makeBusy(place, 2_000)
  await until(() => isBusy(place))
  await ledger.add(jobs, 'meanwhile', 20)
  assert.equal(ledger.runs.size, 1)
  await busy
  await ledger.untilRan(21)
  await worker.close()
  assert.deepEqual(ledger.ranTwice, [])
})

test('a worker whose Redis is out of memory asks it at a rate that falls, reports it once, and goes on afterwards', {
  timeout: 60_000,
}, async t => {
  const place = await setupWithPrivateRedis(t)
  const ledger = new Ledger()
  await place.queue().add('recorded first', {})
  await place.queue({ backend: { recordOn: 'start' } }).add('recorded at its start', {})
  await place.redis.config('SET', 'maxmemory-policy', 'noeviction')
  await place.redis.config('SET', 'maxmemory', '1')
  const worker = place.worker(async job => ledger.note(job.id), { concurrency: 2 })
  const errors = countEvents(worker, 'error')
  await once(worker, 'error')

  const before = await scriptCalls(place)
  // The span over which calls and errors are counted.
  await delay(3_000)
  const calls = (await scriptCalls(place)) - before
  assert.ok(calls < 100, `${calls} calls of scripts within three seconds`)
  assert.ok(errors.count <= 3, `${errors.count} errors: ${[...errors.messages].join('; ')}`)

  await place.redis.config('SET', 'maxmemory', '0')
  await ledger.untilRan(2)
  assert.deepEqual(ledger.ranTwice, [])
})

test('a worker that is closed while its Redis is out of memory closes at once', {
  timeout: 60_000,
}, async t => {
  const place = await setupWithPrivateRedis(t)
  await place.queue().add('a', {})
  await place.redis.config('SET', 'maxmemory', '1')
  const worker = place.worker(async () => undefined)
  await once(worker, 'error')
  await worker.close()
  await place.redis.config('SET', 'maxmemory', '0')
})

/** Keeps Redis in a script for some time. */
async function makeBusy({ server, redis }: PrivateRedis, ms: number): Promise<void> {
  await redis.config('SET', 'busy-reply-threshold', '50')
  const client = new Redis(server.url)
  const script = `
    local function nowMs()
      local now = redis.call("TIME")
      return now[1] * 1000 + now[2] / 1000
    end
    redis.set_repl(redis.REPL_NONE)
    local endsAt = nowMs() + ARGV[1]
    while nowMs() < endsAt do end`
  await client.eval(script, 0, ms).finally(() => client.disconnect())
}

async function isBusy({ server }: PrivateRedis): Promise<boolean> {
  const client = new Redis(server.url, { enableReadyCheck: false })
  client.on('error', () => undefined)
  const reply = await client.get('any').catch((error: Error) => error.message)
  client.disconnect()
  return String(reply).startsWith('BUSY')
}

async function scriptCalls({ redis }: PrivateRedis): Promise<number> {
  const stats = await redis.info('commandstats')
  return [...stats.matchAll(/^cmdstat_evalsha?:calls=(\d+)/gm)].reduce(
    (sum, [, calls]) => sum + Number(calls),
    0,
  )
}

function countEvents(
  worker: { on(event: 'completed' | 'error', listener: (subject: unknown) => void): unknown },
  event: 'completed' | 'error',
): { count: number; messages: Set<string> } {
  const counted = { count: 0, messages: new Set<string>() }
  worker.on(event, subject => {
    counted.count += 1
    counted.messages.add(String((subject as Error).message))
  })
  return counted
}
