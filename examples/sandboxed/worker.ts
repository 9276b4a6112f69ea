// A worker whose processor is a file: AMQP_URL=... REDIS_URL=... node examples/sandboxed/worker.ts
import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { withBackend } from 'bullmq'

const { AMQP_URL = 'amqp://localhost', REDIS_URL = 'redis://localhost', PREFIX: prefix } = process.env
const { Worker } = withBackend(createRabbitmqBackend({ url: AMQP_URL }))

// One process for each job at a time; they are kept and used again. With `useWorkerThreads: true`, threads instead.
const worker = new Worker('primes', new URL('./count-primes.ts', import.meta.url), {
  connection: { url: REDIS_URL, maxRetriesPerRequest: null },
  prefix,
  concurrency: 2,
  useWorkerThreads: process.env.THREADS === '1',
})
worker.on('error', error => console.error(error.message))

// Ends what runs, and its processes.
process.once('SIGTERM', () => worker.close())
