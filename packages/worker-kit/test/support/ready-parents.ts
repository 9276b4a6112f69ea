import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { onEnd } from '@jackalope/local-servers/testing'
import { FlowProducer, Worker } from 'bullmq'
import type { Setup } from './setup.ts'

/** Flows that are added at a time. */
const AT_ONCE = 500

/** Adds parents by BullMQ alone and has their children done by it, so that all are put ahead of the line; gives their ids.
 *  @param url - of Redis */
export async function addReadyParents(
  t: TestContext,
  { prefix, name, redis }: Setup,
  { count, url }: { count: number; url: string },
): Promise<string[]> {
  const connection = { url, maxRetriesPerRequest: null }
  const flows = new FlowProducer({ connection, prefix })
  onEnd(t, () => flows.close())
  const ids: string[] = []
  while (ids.length < count) {
    const children = [{ name: 'child', queueName: 'children', opts: { removeOnComplete: true } }]
    const flow = { name: 'parent', queueName: name, children }
    const added = await flows.addBulk(Array(Math.min(AT_ONCE, count - ids.length)).fill(flow))
    ids.push(...added.map(({ job }) => String(job.id)))
  }
  const worker = new Worker('children', async () => undefined, { connection, prefix, concurrency: 50 })
  await new Promise<void>(resolve => worker.once('drained', () => resolve()))
  await worker.close()
  assert.equal(await redis.zcard(`${prefix}:${name}:waiting-children`), 0)
  return ids
}
