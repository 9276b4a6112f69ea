/** A worker in a process of its own that is killed when it has written a dead letter, before Redis has the failure. */
import { Worker } from 'bullmq'
import { createRabbitmqBackend } from '../../src/index.ts'
import { FinishStartBatcher } from '../../src/worker/finish-start-batcher.ts'

const [amqpUrl, redisUrl, prefix, name] = process.argv.slice(2) as [string, string, string, string]
// The dead letter is confirmed before the failure is sent to Redis.
FinishStartBatcher.prototype.finish = () => {
  process.kill(process.pid, 'SIGKILL')
  return new Promise(() => undefined)
}
const worker = new Worker(
  name,
  async () => {
    throw new Error('broken')
  },
  { connection: { url: redisUrl, maxRetriesPerRequest: null }, prefix, lockDuration: 1_000 },
  createRabbitmqBackend({ url: amqpUrl }),
)
worker.on('error', error => process.stderr.write(`${error.message}\n`))
