import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import {
  accountMail,
  audioReady,
  conversionFailed,
  conversionMail,
  convertVideo,
  webhookDelivery,
} from '@jackalope/contracts'
import { amqpUrl, onEnd, redisUrl, removeQueues, until } from '@jackalope/local-servers/testing'
import { Resources } from '@jackalope/service-kit'
import { connect } from '@jackalope/worker-kit'

/** Addresses of the servers that the tests share. */
export const servers = () => ({ amqpUrl: amqpUrl(), redisUrl: redisUrl() })

export type Producer = Awaited<ReturnType<typeof startProducer>>

/** The producer's side of `audio.ready`, on a queue of its own that is removed after the test. A worker on the queue
 *  goes into `resources`, which closes it before the queue is removed. */
export async function startProducer(t: TestContext) {
  const resources = new Resources()
  onEnd(t, () => resources.close())
  const prefix = `test-${randomUUID()}`
  const kit = await connect({ ...servers(), prefix })
  const queue = kit.queue(audioReady)
  const mails = kit.queue(conversionMail)
  const jobs = [accountMail, audioReady, conversionFailed, conversionMail, convertVideo, webhookDelivery]
  const names = jobs.map(({ name }) => name)
  resources.defer(() => removeQueues(prefix, names, ['notifier']))
  resources.use(kit)
  /** Resolves with the job of the mail once it is in that state. */
  const mailed = async (id: string, state: 'completed' | 'failed') => {
    const isSo = async () => (await (await mails.getJob(id))?.getState()) === state
    await until(isSo)
    // The job is read after its state: the other order could give an older job.
    const job = await mails.getJob(id)
    assert.ok(job)
    return job
  }
  return { prefix, kit, queue, mails, mailed, resources }
}
