import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { audioReady, conversionFailed, convertVideo } from '@jackalope/contracts'
import { Resources } from '@jackalope/service-kit'
import { connect } from '@jackalope/worker-kit'
import { connect as connectAmqp } from 'amqplib'
import { Redis } from 'ioredis'

/** The servers that the tests run against.
 *  @throws {Error} when an address is not set. */
export function servers() {
  return { amqpUrl: address('AMQP_URL'), redisUrl: address('REDIS_URL') }
}

function address(name: string): string {
  const url = process.env[name]
  if (!url) throw new Error(`${name} is not set: run the tests through ./jackalope test`)
  return url
}

export type Producer = Awaited<ReturnType<typeof startProducer>>

/** The producer's side of `audio.ready`, on a queue of its own that is removed after the test. Whatever works on it
 *  goes into `resources`: it is closed before. */
export async function startProducer(t: TestContext) {
  const resources = new Resources()
  t.after(() => resources.close())
  const prefix = `test-${randomUUID()}`
  const kit = await connect({ ...servers(), prefix })
  const queue = kit.queue(audioReady)
  resources.defer(async () => {
    await kit.close()
    await removeKeys(prefix)
    for (const { name } of [audioReady, conversionFailed, convertVideo])
      await removeBrokerQueue(`${prefix}:${name}`)
  })
  /** Resolves with the job once it has ended so. */
  const ended = async (id: string, state: 'completed' | 'failed') => {
    const isSo = async () => (await (await queue.getJob(id))?.getState()) === state
    await until(`job ${id} to be ${state}`, isSo)
    // What was read before its state may be older than its state.
    const job = await queue.getJob(id)
    assert.ok(job)
    return job
  }
  return { prefix, kit, queue, ended, resources }
}

async function removeKeys(prefix: string): Promise<void> {
  const redis = new Redis(servers().redisUrl)
  const keys = await redis.keys(`${prefix}:*`)
  if (keys.length > 0) await redis.del(keys)
  redis.disconnect()
}

async function removeBrokerQueue(name: string): Promise<void> {
  const connection = await connectAmqp(servers().amqpUrl)
  const channel = await connection.createChannel()
  await channel.deleteQueue(name)
  await channel.deleteQueue(`${name}:dead`)
  await channel.deleteQueue(`${name}:dead:notifier`)
  await channel.deleteExchange(`${name}:dead`)
  await connection.close()
}

/** Looks until there is something to see.
 *  @throws {Error} after 30 seconds. */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  const giveUpAt = performance.now() + 30_000
  while (performance.now() < giveUpAt) {
    const seen = await look()
    if (seen) return seen
    await delay(20)
  }
  throw new Error(`Waited 30 s in vain for ${what}`)
}
