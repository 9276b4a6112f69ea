// The Node.js side. `emails` is on RabbitMQ; `thumbnails` belongs to the Python worker, and is on Redis alone.
//   AMQP_URL=... REDIS_URL=... node examples/python/emails.ts
import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { FlowProducer, withBackend } from 'bullmq'

const { AMQP_URL = 'amqp://localhost', REDIS_URL: url = 'redis://localhost', PREFIX: prefix } = process.env
const rabbitmq = withBackend(createRabbitmqBackend({ url: AMQP_URL }))

const worker = new rabbitmq.Worker(
  'emails',
  async job => {
    console.log(job.id)
    if (job.data.to === 'greylisted@example.com' && job.attemptsMade === 0) throw new Error('try again later')
    return { sentTo: job.data.to, with: Object.values(await job.getChildrenValues()) }
  },
  { connection: { url, maxRetriesPerRequest: null }, prefix, concurrency: 5 },
)
worker.on('error', error => console.error(error.message))
process.once('SIGTERM', () => worker.close())

// BullMQ's own class, since it adds to the queue of the Python worker too. The mail starts when both pictures are done:
// Redis says so, and this worker publishes it.
const flows = new FlowProducer({ connection: { url }, prefix })
await flows.add({
  name: 'gallery',
  queueName: 'emails',
  data: { to: 'ada@example.com' },
  opts: { jobId: 'gallery' },
  children: ['beach', 'hills'].map(video => ({ name: 'picture', queueName: 'thumbnails', data: { video } })),
})
await flows.close()
