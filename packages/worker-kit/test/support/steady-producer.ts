/** A producer in a process of its own: adds jobs that are recorded at their start, and says the id of each and how long its `add` took,
 *  until its input ends. */
import { setTimeout as delay } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { z } from 'zod'
import { connectProducer } from '../../src/broker-producer/index.ts'
import { connect, createRabbitmqBackend } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'

/** Between two jobs, in milliseconds. */
const PAUSE_MS = 20

const [kind, amqpUrl, redisUrl, prefix, name] = process.argv.slice(2) as [
  'queue' | 'kit' | 'producer',
  string,
  string,
  string,
  string,
]
const job = defineJob({ name, input: z.object({ n: z.number() }) })
/** Gives the id of the job. */
type Add = (n: number) => Promise<string>

const kinds: Record<typeof kind, () => Promise<{ add: Add; close: () => Promise<unknown> }>> = {
  async queue() {
    const factory = createRabbitmqBackend({ url: amqpUrl, recordOn: 'start' })
    const queue = new Queue(name, { connection: { url: redisUrl }, prefix }, factory)
    queue.on('error', () => undefined)
    return { add: async n => (await queue.add('job', { n })).id as string, close: () => queue.close() }
  },
  async kit() {
    const kit = await connect({ amqpUrl, redisUrl, prefix })
    const queue = kit.queue(job)
    return { add: async n => (await queue.add({ n }, { recordOn: 'start' })).id, close: () => kit.close() }
  },
  async producer() {
    const producer = await connectProducer({ amqpUrl, prefix })
    const queue = producer.queue(job)
    return { add: async n => (await queue.add({ n })).id, close: () => producer.close() }
  },
}

const { add, close } = await kinds[kind]()
let isOver = false
process.stdin.resume().once('end', () => {
  isOver = true
})
for (let n = 0; !isOver; n++) {
  const addedAt = performance.now()
  const id = await add(n)
  process.stdout.write(`${id} ${Math.round(performance.now() - addedAt)}\n`)
  await delay(PAUSE_MS)
}
await close()
