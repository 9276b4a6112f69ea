/** A producer in a process of its own: adds a job and disconnects its queue; must then end by itself. */
import { Queue } from 'bullmq'
import { createRabbitmqBackend } from '../../src/index.ts'

const [amqpUrl, redisUrl, prefix, name] = process.argv.slice(2) as [string, string, string, string]
const queue = new Queue(
  name,
  { connection: { url: redisUrl }, prefix },
  createRabbitmqBackend({ url: amqpUrl }),
)
await queue.add('a', {})
await queue.disconnect()
process.disconnect?.()
