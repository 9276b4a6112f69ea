// A request that adds a job. AMQP_URL=... REDIS_URL=... node examples/telemetry/producer.ts
import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { trace } from '@opentelemetry/api'
import { withBackend } from 'bullmq'
import { provider, telemetry } from './tracing.ts'

const { AMQP_URL = 'amqp://localhost', REDIS_URL = 'redis://localhost', PREFIX: prefix } = process.env
const { Queue } = withBackend(createRabbitmqBackend({ url: AMQP_URL }))
const queue = new Queue('emails', { connection: { url: REDIS_URL }, prefix, telemetry })

await trace.getTracer('shop').startActiveSpan('POST /orders', async span => {
  // The job carries the trace, in Redis and in its message: the worker's spans belong to this request.
  await queue.add('confirmation', { order: 17 }, { attempts: 2 })
  span.end()
})

await queue.close()
await provider.shutdown()
