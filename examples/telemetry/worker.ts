// Runs the jobs. AMQP_URL=... REDIS_URL=... node examples/telemetry/worker.ts
import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { trace } from '@opentelemetry/api'
import { withBackend } from 'bullmq'
import { provider, telemetry } from './tracing.ts'

const { AMQP_URL = 'amqp://localhost', REDIS_URL = 'redis://localhost', PREFIX: prefix } = process.env
const { Worker } = withBackend(createRabbitmqBackend({ url: AMQP_URL }))

const worker = new Worker(
  'emails',
  job =>
    trace.getTracer('shop').startActiveSpan('SMTP', async span => {
      try {
        if (job.attemptsMade === 0) throw new Error('greylisted')
      } finally {
        span.end()
      }
    }),
  { connection: { url: REDIS_URL, maxRetriesPerRequest: null }, prefix, telemetry, name: 'mailer' },
)
worker.on('error', error => console.error(error.message))

process.once('SIGTERM', async () => {
  await worker.close()
  await provider.shutdown()
})
