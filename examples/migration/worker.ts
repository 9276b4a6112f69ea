// The application's worker. It says which jobs it starts, and ends its jobs before it stops.
import './rabbitmq.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'bullmq'

const { REDIS_URL: url = 'redis://localhost', PREFIX: prefix } = process.env

const worker = new Worker(
  'emails',
  async job => {
    console.log(job.id)
    await delay(job.data.sendingMs ?? 20)
    if (job.attemptsMade < (job.data.failures ?? 0)) throw new Error('no answer')
  },
  { connection: { url, maxRetriesPerRequest: null }, prefix, concurrency: 2 },
)
worker.on('error', error => console.error(error.message))
process.once('SIGTERM', () => worker.close())
