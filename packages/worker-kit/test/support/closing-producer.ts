/** A producer in a process of its own: opens its queue and says so, adds a job when told to, closes the queue before
 *  the broker has confirmed it, and must then end by itself. */
import { once } from 'node:events'
import { Queue } from 'bullmq'
import { createRabbitmqBackend } from '../../src/index.ts'

const [amqpUrl, redisUrl, prefix, name] = process.argv.slice(2) as [string, string, string, string]
const queue = new Queue(
  name,
  { connection: { url: redisUrl }, prefix },
  createRabbitmqBackend({ url: amqpUrl }),
)
queue.on('error', () => undefined)
await queue.add('before', {})
process.send?.('open')
await once(process, 'message')
process.disconnect?.()
const added = queue.add('after', {}).catch((error: Error) => error)
while ((await queue.getWaitingCount()) < 2) await new Promise(resolve => setImmediate(resolve))
await queue.close()
await added
