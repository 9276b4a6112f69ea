import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { convertVideo, jobDetails } from '@jackalope/contracts'
import { onEnd, redisUrl, until } from '@jackalope/local-servers/testing'
import { Redis } from 'ioredis'
import { storeResult, uploaded } from '../../support/conversions.ts'
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts'

/** A gateway, and a converter whose conversions end when they are told to. */
async function setup(t: TestContext) {
  const gateway = await startTestGateway(t)
  /** Ids, in the order of their starts. */
  const started: string[] = []
  const running: (() => void)[] = []
  let isOver = false
  const names = new Map<string, string>()
  const upload = async (user: string, name: string) => {
    const id = await uploaded(gateway, user)
    names.set(id, name)
    return id
  }
  onEnd(t, async () => {
    isOver = true
    for (const end of running) end()
  })
  return {
    gateway,
    started,
    /** The names of the files whose conversion has started, in order. */
    order: () => started.map(id => names.get(id)),
    upload,
    work(concurrency: number) {
      const handler = async ({ id }: { id: string }) => {
        const { promise, resolve } = Promise.withResolvers<void>()
        started.push(id)
        running.push(resolve)
        if (!isOver) await promise
        return await storeResult(gateway, id)
      }
      gateway.kit.work(convertVideo, handler, { concurrency })
    },
    /** Ends the conversion that runs for longest, and waits until another one has started. */
    async endOne() {
      const count = started.length
      running.shift()?.()
      await until(async () => started.length > count)
    },
    /** Waits until so many jobs stand back. */
    async untilStandBack(count: number) {
      const { bull } = gateway.kit.queue(convertVideo)
      await until(async () => (await bull.getPrioritizedCount()) === count)
    },
  }
}

const place = async (gateway: TestGateway, user: string, id: string) =>
  jobDetails.parse(await (await gateway.request(`/jobs/${id}`, { user })).json()).placeInLine

test('a user with many files does not hold up one with a single file, and has a place in line as everybody else', async t => {
  const { gateway, upload, work, started, order, endOne, untilStandBack } = await setup(t)
  for (let n = 1; n <= 6; n += 1) await upload('ada', `a${n}`)
  const bob = await upload('bob', 'b1')
  const cyd = [await upload('cyd', 'c1'), await upload('cyd', 'c2')]
  assert.equal(await place(gateway, 'bob', bob), 2)
  // The first three in line, then by the number of the user's other jobs.
  assert.deepEqual(
    [await place(gateway, 'cyd', cyd[0] ?? ''), await place(gateway, 'cyd', cyd[1] ?? '')],
    [3, 5],
  )
  await untilStandBack(6)
  work(1)
  await until(async () => started.length === 1)
  await endOne()
  // ada has nothing in the line any more, and nothing that runs: her next one goes there, behind cyd's.
  await untilStandBack(5)
  await endOne()
  await endOne()
  await untilStandBack(4)
  await endOne()
  assert.deepEqual(order(), ['a1', 'b1', 'c1', 'a2', 'c2'])
  for (const _ of 'abcd') await endOne()
  assert.deepEqual(order().slice(5), ['a3', 'a4', 'a5', 'a6'])
})

test('who has nothing waiting or running starts next, ahead of those who have', async t => {
  const { upload, work, started, order, endOne } = await setup(t)
  work(2)
  for (let n = 1; n <= 5; n += 1) await upload('ada', `a${n}`)
  await until(async () => started.length === 2)
  await upload('bob', 'b1')
  await endOne()
  await endOne()
  assert.deepEqual(order(), ['a1', 'a2', 'b1', 'a3'])
})

test('a stream of users with one file each does not keep the rest of a user’s files for ever', async t => {
  const { upload, work, started, order, endOne, untilStandBack } = await setup(t)
  for (let n = 1; n <= 3; n += 1) await upload('ada', `a${n}`)
  await upload('user1', 'one1')
  work(1)
  await until(async () => started.length === 1)
  for (let n = 2; n <= 6; n += 1) {
    await upload(`user${n}`, `one${n}`)
    await endOne()
    if (n === 2) await untilStandBack(1)
  }
  const second = order().indexOf('a2')
  assert.ok(second > 0 && second <= 3, String(order()))
})

test('a job that stands back and is in no line, as after an operator’s replay, gets its turn all the same', async t => {
  const { gateway, upload, untilStandBack } = await setup(t)
  const [first] = [await upload('ada', 'a1'), await upload('ada', 'a2')]
  await untilStandBack(1)
  const redis = new Redis(redisUrl())
  onEnd(t, async () => redis.disconnect())
  // Of a job that has failed the line knows nothing any more when it is replayed.
  assert.equal(await redis.del(`${gateway.prefix}:lines:ada`), 1)
  const canceled = await gateway.request(`/jobs/${first}/cancel`, { user: 'ada', method: 'POST' })
  assert.equal(canceled.status, 200)
  await untilStandBack(0)
})

test('jobs that their owner tries again stand back as new ones do', async t => {
  const { gateway, upload, work, started, order, endOne } = await setup(t)
  const { bull } = gateway.kit.queue(convertVideo)
  const act = async (id: string, action: string) =>
    (await gateway.request(`/jobs/${id}/${action}`, { user: 'ada', method: 'POST' })).status
  const ids: string[] = []
  // Each is her only job while it waits, so each has been in the common line.
  for (const name of ['a1', 'a2', 'a3']) {
    const id = await upload('ada', name)
    assert.equal(await act(id, 'cancel'), 200)
    ids.push(id)
  }
  for (const id of ids) assert.equal(await act(id, 'retry'), 202)
  assert.equal(await bull.getPrioritizedCount(), 2)
  await upload('bob', 'b1')
  work(1)
  await until(async () => started.length === 1)
  for (const _ of 'abc') await endOne()
  assert.deepEqual(order(), ['a1', 'b1', 'a2', 'a3'])
})
