/** A worker in a process of its own that starts every job it gets, says so, and never ends one. */
import { Worker } from 'bullmq'
import { createRabbitmqBackend } from '../../src/index.ts'

const [amqpUrl, redisUrl, prefix, name, lockDurationMs] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
]
const worker = new Worker(
  name,
  job => {
    process.stdout.write(`started ${job.id}\n`)
    return new Promise(() => undefined)
  },
  {
    connection: { url: redisUrl, maxRetriesPerRequest: null },
    prefix,
    concurrency: 3,
    lockDuration: Number(lockDurationMs),
  },
  createRabbitmqBackend({ url: amqpUrl }),
)
worker.on('error', error => process.stderr.write(`${error.message}\n`))
