import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTurns } from '../../src/http/turns.ts'

test('users take turns, however many requests one of them sends', async () => {
  const turns = createTurns({ running: 2, runningOfUser: 1, waitingOfUser: 50, waiting: 100 })
  const order: string[] = []
  let running = 0
  const work = (user: string) => async () => {
    running += 1
    assert.ok(running <= 2)
    await new Promise(resolve => setImmediate(resolve))
    running -= 1
    order.push(user)
  }
  const all = Array.from({ length: 20 }, () => turns.run('greedy', work('greedy')))
  for (const user of ['ada', 'bob']) all.push(turns.run(user, work(user)))
  await Promise.all(all)
  assert.equal(order.length, 22)
  assert.ok(order.indexOf('ada') < 4 && order.indexOf('bob') < 4, order.join())
})

test('refuses what would wait too long, and goes on after a failure', async () => {
  const turns = createTurns({ running: 1, runningOfUser: 1, waitingOfUser: 2, waiting: 3 })
  const { promise, resolve } = Promise.withResolvers<void>()
  const outcomes = ['ada', 'ada', 'ada', 'ada', 'bob', 'cid'].map(user =>
    turns
      .run(user, () => promise)
      .then(
        () => 'done',
        (error: { status?: number }) => error.status,
      ),
  )
  resolve()
  assert.deepEqual(await Promise.all(outcomes), ['done', 'done', 'done', 429, 'done', 503])
  await assert.rejects(
    turns.run('ada', async () => {
      throw new Error('no')
    }),
    /no/,
  )
  assert.equal(await turns.run('ada', async () => 'again'), 'again')
})
