import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { audioReady, convertVideo } from '@jackalope/contracts'
import { connect } from '@jackalope/worker-kit'
import { connect as connectAmqp } from 'amqplib'
import { address } from './servers.ts'
import type { Upload } from './stores.ts'
import { until } from './until.ts'

/** The producer's side of `video.convert`, on queues of their own that are removed after the test. */
export async function openQueues(t: TestContext) {
  const prefix = `test-${randomUUID()}`
  const kit = await connect({ amqpUrl: address('AMQP_URL'), redisUrl: address('REDIS_URL'), prefix })
  const conversions = kit.queue(convertVideo)
  const announcements = kit.queue(audioReady)
  t.after(async () => {
    await Promise.all([conversions, announcements].map(queue => queue.bull.obliterate({ force: true })))
    await kit.close()
    await removeBrokerQueues([convertVideo.name, audioReady.name].map(name => `${prefix}:${name}`))
  })

  /** Resolves once the job has come to its end. */
  async function finished({ jobId }: Upload) {
    return until(`the end of job ${jobId}`, async () => {
      const job = await conversions.getJob(jobId)
      return job?.finishedOn === undefined ? undefined : job
    })
  }
  return {
    prefix,
    conversions,
    finished,
    async add({ videoId, ownerId, jobId }: Upload) {
      await conversions.add({ videoId, ownerId }, { jobId })
    },
    /** Ids of the jobs that announce audio. */
    async announced() {
      const jobs = await announcements.bull.getJobs(['waiting', 'prioritized', 'delayed'])
      return jobs.map(({ id, data }) => ({ id, data }))
    },
  }
}

async function removeBrokerQueues(names: string[]): Promise<void> {
  const connection = await connectAmqp(address('AMQP_URL'))
  const channel = await connection.createChannel()
  for (const name of names) {
    await channel.deleteQueue(name)
    await channel.deleteQueue(`${name}:dead`)
    await channel.deleteExchange(`${name}:dead`)
  }
  await connection.close()
}
