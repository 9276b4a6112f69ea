import { createRabbitmqBackend } from '@jackalope/worker-kit'
import { type BackendFactory, createRedisBackend, Queue, type RedisQueueBackend, Worker } from 'bullmq'
import { queueMessages } from './messages.ts'
import type { Access, JobData, ProducerSide, WorkerHandlers, WorkerSide } from './side.ts'

type BullmqAccess = Exclude<Access, { kind: 'amqplib' }>

const prefix = 'bench'
const jobName = 'job'

/** BullMQ's defaults throughout: what is measured is what users get. */
export async function openBullmqProducer(access: BullmqAccess, name: string): Promise<ProducerSide> {
  const queue = new Queue(name, { connection: { url: access.redisUrl }, prefix }, backend(access))
  await queue.waitUntilReady()
  return {
    async add(data) {
      await queue.add(jobName, data)
    },
    async addBulk(list) {
      await queue.addBulk(list.map(data => ({ name: jobName, data })))
    },
    async inspect() {
      const { completed = 0, ...others } = await queue.getJobCounts()
      const messages =
        access.kind === 'worker-kit' ? await queueMessages(access.amqpUrl, `${prefix}:${name}`) : 0
      return { completed, unfinished: Object.values(others).reduce((sum, count) => sum + count, 0), messages }
    },
    async remove() {
      await queue.obliterate({ force: true })
      await queue.close()
    },
  }
}

export async function openBullmqWorker(
  access: BullmqAccess,
  name: string,
  concurrency: number,
  { handle, onDone, onError }: WorkerHandlers,
): Promise<WorkerSide> {
  const connection = { url: access.redisUrl, maxRetriesPerRequest: null }
  const worker = new Worker<JobData>(
    name,
    job => handle(job.data),
    { connection, prefix, concurrency, autorun: false },
    backend(access),
  )
  worker.on('completed', job => onDone(job.data))
  worker.on('failed', (_job, error) => onError(error))
  worker.on('error', onError)
  await worker.waitUntilReady()
  return {
    async run() {
      worker.run().catch(onError)
    },
    close: () => worker.close(),
  }
}

const factories = new Map<string, BackendFactory<RedisQueueBackend>>()

/** One for all queues of a process, as worker-kit's users have it: its connections to the broker are shared. */
function backend(access: BullmqAccess): BackendFactory<RedisQueueBackend> {
  if (access.kind === 'bullmq') return createRedisBackend
  const { amqpUrl: url, queueType, recordOn } = access
  const key = `${queueType} ${recordOn} ${url}`
  const factory = factories.get(key) ?? createRabbitmqBackend({ url, queueType, recordOn })
  factories.set(key, factory)
  return factory
}
