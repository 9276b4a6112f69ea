// An ordinary BullMQ application on RabbitMQ. Only the import of its classes differs from one on Redis alone.
//   AMQP_URL=amqp://localhost REDIS_URL=redis://localhost node examples/bullmq/emails.ts
import { UnrecoverableError } from 'bullmq'
import { FlowProducer, Queue, QueueEvents, Worker } from './bullmq.ts'

const { REDIS_URL: url = 'redis://localhost', PREFIX: prefix } = process.env
const connection = { url }

const queue = new Queue('emails', {
  connection,
  prefix,
  defaultJobOptions: { attempts: 3, backoff: { type: 'exponential', delay: 100 } },
})
const flows = new FlowProducer({ connection, prefix })
const events = new QueueEvents('emails', { connection, prefix })
const worker = new Worker(
  'emails',
  async job => {
    if (job.name === 'digest') return { mails: Object.values(await job.getChildrenValues()).length }
    const { to } = job.data
    if (to === 'greylisted@example.com' && job.attemptsMade === 0) throw new Error('try again later')
    if (to === 'nobody@example.com') throw new UnrecoverableError('there is no such mailbox')
    await job.updateProgress(100)
    return { sentTo: to }
  },
  { connection: { url, maxRetriesPerRequest: null }, prefix, concurrency: 5 },
)
const report = (error: Error) => console.error(error.message)
queue.on('error', report)
flows.on('error', report)
events.on('error', report)
worker.on('error', report)
await events.waitUntilReady()

// `add` resolves when Redis has recorded the job and RabbitMQ has confirmed its message.
const welcome = await queue.add('welcome', { to: 'ada@example.com' })
console.log(await welcome.waitUntilFinished(events, 30_000))

// The second attempt comes 100 ms after the first. Redis times delays and backoffs; a worker publishes what is due.
const retried = await queue.add('welcome', { to: 'greylisted@example.com' })
console.log(await retried.waitUntilFinished(events, 30_000))

// The digest starts when both of its children have completed.
const { job: digest } = await flows.add({
  name: 'digest',
  queueName: 'emails',
  children: ['bob', 'eve'].map(name => ({
    name: 'welcome',
    queueName: 'emails',
    data: { to: `${name}@example.com` },
  })),
})
console.log(await digest.waitUntilFinished(events, 30_000))

// What fails for good is kept in RabbitMQ too, as a dead letter: `worker-kit dead emails` lists it.
const bounced = await queue.add('welcome', { to: 'nobody@example.com' })
await bounced.waitUntilFinished(events, 30_000).catch(error => console.log(error.message))

await worker.close()
await Promise.all([queue.close(), flows.close(), events.close()])
