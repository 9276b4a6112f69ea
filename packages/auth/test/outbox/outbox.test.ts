import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { until } from '@jackalope/local-servers/testing'
import { greet, startOutbox } from '../support/outbox.ts'

describe('A job in the outbox', () => {
  it('whose transaction rolls back is never added to its queue', async t => {
    const { database, outbox, relay, enqueue, isEmpty, greeted } = await startOutbox(t)
    relay()
    const undone = database.transaction(async transaction => {
      await outbox.enqueue(transaction, greet, { name: 'undone' })
      throw new Error('changed my mind')
    })
    await assert.rejects(undone, /changed my mind/)
    await enqueue('done')
    await until(isEmpty)
    assert.deepEqual(await greeted(), ['done'])
  })

  it('is added at once after the commit, under the id of its row', async t => {
    const { relay, enqueue, kit } = await startOutbox(t)
    // Without the wake-up the job would come after half a minute at the earliest.
    relay({ pollMs: 60_000 })
    const id = await enqueue('ada')
    const job = await until(() => kit.queue(greet).getJob(id), 10_000)
    assert.deepEqual(job.data, { name: 'ada' })
  })

  it('of a process that has died since is found by the next relay', async t => {
    const { relay, enqueue, isEmpty, greeted } = await startOutbox(t)
    await enqueue('left behind')
    relay()
    await until(isEmpty)
    assert.deepEqual(await greeted(), ['left behind'])
  })

  it('is refused when its payload does not fit, with everything in its transaction', async t => {
    const { database, outbox, isEmpty } = await startOutbox(t)
    const wrong = { name: 7 } as unknown as { name: string }
    await assert.rejects(
      database.transaction(transaction => outbox.enqueue(transaction, greet, wrong)),
      TypeError,
    )
    assert.ok(await isEmpty())
  })

  it('with a delay is not added before', async t => {
    const { database, outbox, relay, enqueue, store, greeted } = await startOutbox(t)
    relay()
    await database.transaction(transaction =>
      outbox.enqueue(transaction, greet, { name: 'later' }, { delayMs: 3_600_000 }),
    )
    await enqueue('now')
    await until(async () => (await store.stats()).rows === 1)
    assert.deepEqual(await greeted(), ['now'])
    assert.equal((await store.stats()).oldestDueSeconds, 0)
  })

  it('is written at once while a relay waits for the broker with its rows', async t => {
    const { relay, enqueue } = await startOutbox(t)
    await enqueue('slow')
    const [started, may] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    relay({
      async publish() {
        started.resolve()
        await may.promise
        return 'added'
      },
    })
    await started.promise
    await enqueue('meanwhile')
    may.resolve()
  })
})
