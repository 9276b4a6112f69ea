import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { amqpUrl, redisUrl } from '@jackalope/local-servers/testing'
import { FlowProducer } from 'bullmq'
import { z } from 'zod'
import { connect, createRabbitmqBackend, flowNode, jobOptions } from '../../src/index.ts'
import { defineJob } from '../../src/job/index.ts'
import { ended } from '../support/ended.ts'
import { setup } from '../support/setup.ts'

const part = defineJob({ name: 'jobs', input: z.object({ n: z.number() }), attempts: 2 })
const whole = defineJob({ name: 'whole', input: z.object({ title: z.string() }), attempts: 4 })

async function connected(t: TestContext) {
  const { prefix } = setup(t)
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  t.after(async () => {
    await kit.queue(whole).bull.obliterate({ force: true })
    await kit.close()
  })
  return { kit, prefix }
}

test("each job of a flow has its own definition's attempts, and the parent gets what its children return", async t => {
  const { kit } = await connected(t)
  kit.work(part, async ({ data, attempt, attempts }) => {
    if (attempt === 1) throw new Error('not yet')
    return `${data.n}: ${attempt}/${attempts}`
  })
  kit.work(whole, async ({ job, attempt, attempts }) => {
    const values = Object.values(await job.getChildrenValues())
    return [`${attempt}/${attempts}`, ...values.sort()]
  })
  const children = [flowNode(part, { n: 1 }), flowNode(part, { n: 2 }, { options: { jobId: 'second' } })]
  const added = await kit.flow(flowNode(whole, { title: 'both' }, { children }))
  assert.equal(added.children[1]?.id, 'second')
  const { returnvalue } = await ended(kit.queue(whole).bull, added.id)
  assert.deepEqual(returnvalue, ['1/4', '1: 2/2', '2: 2/2'])
})

test('a flow is refused as a whole when one of its payloads or options does not fit', async t => {
  const { kit } = await connected(t)
  const add = (...children: ReturnType<typeof flowNode>[]) =>
    kit.flow(flowNode(whole, { title: 'x' }, { children }))
  const good = flowNode(part, { n: 1 })
  const bad = flowNode(part, { n: 'one' } as never)
  await assert.rejects(add(good, bad), { code: 'ERR_INVALID_PAYLOAD', message: /"jobs" was not added: n: / })
  for (const options of [{ jobId: '5' }, { jobId: 'a:b' }, { deduplication: { id: 'x' } }])
    await assert.rejects(add(good, flowNode(part, { n: 1 }, { options })), {
      code: 'ERR_INVALID_OPTIONS',
      message: /^Job "jobs" was not added, and cannot be as it is/,
    })
  assert.deepEqual([await kit.queue(part).bull.count(), await kit.queue(whole).bull.count()], [0, 0])
})

test("jobOptions gives a FlowProducer of BullMQ's the options of a definition; without them a job has one attempt", async t => {
  const { kit, prefix } = await connected(t)
  kit.work(part, async ({ attempt, attempts }) => `${attempt}/${attempts}`)
  const producer = new FlowProducer(
    { connection: { url: redisUrl() }, prefix },
    createRabbitmqBackend({ url: amqpUrl() }),
  )
  t.after(() => producer.close())
  const node = { name: 'jobs', queueName: 'jobs', data: { n: 1 } }
  for (const [opts, expected] of [
    [jobOptions(part), '1/2'],
    [{}, '1/1'],
  ] as const) {
    const { job } = await producer.add({ ...node, opts })
    assert.equal((await ended(kit.queue(part).bull, String(job.id))).returnvalue, expected)
  }
})
