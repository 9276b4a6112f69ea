import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { audioReady, convertVideo } from '@jackalope/contracts'
import { amqpUrl, onEnd, redisUrl, removeQueues, until } from '@jackalope/local-servers/testing'
import { connect } from '@jackalope/worker-kit'
import type { Upload } from './stores.ts'

/** The producer's side of `video.convert`, on queues of their own that are removed after the test. */
export async function openQueues(t: TestContext) {
  const prefix = `test-${randomUUID()}`
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  const conversions = kit.queue(convertVideo)
  const announcements = kit.queue(audioReady)
  onEnd(t, () => removeQueues(prefix, [convertVideo.name, audioReady.name]))
  onEnd(t, () => kit.close())

  /** Resolves with the job once it has completed or failed for good. */
  async function finished({ jobId }: Upload) {
    return until(async () => {
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
