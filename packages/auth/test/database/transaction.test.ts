import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { createMysqlDatabase, onEnd } from '@jackalope/local-servers/testing'
import type { Transaction } from 'sequelize'
import { openDatabase } from '../../src/database/database.ts'

async function setup(t: TestContext) {
  const { url, connection } = await createMysqlDatabase(t)
  const database = openDatabase(url)
  onEnd(t, () => database.close())
  await database.prepare(new AbortController().signal)
  await connection.query('CREATE TABLE counters (id INT PRIMARY KEY, value INT NOT NULL) ENGINE = InnoDB')
  await connection.query('INSERT INTO counters VALUES (1, 0), (2, 0)')
  const add = (id: number, transaction: Transaction) =>
    database.change('UPDATE counters SET value = value + 1 WHERE id = ?', [id], transaction)
  const values = async () =>
    (await database.select<{ value: number }>('SELECT value FROM counters ORDER BY id')).map(
      ({ value }) => value,
    )
  return { database, add, values }
}

describe('A transaction', () => {
  it('keeps everything when its work resolves, and nothing when it rejects', async t => {
    const { database, add, values } = await setup(t)
    assert.equal(await database.transaction(transaction => add(1, transaction)), 1)
    await assert.rejects(
      database.transaction(async transaction => {
        await add(1, transaction)
        throw new Error('changed my mind')
      }),
      /changed my mind/,
    )
    assert.deepEqual(await values(), [1, 0])
  })

  it('runs its work again when it was the victim of a deadlock', async t => {
    const { database, add, values } = await setup(t)
    let runs = 0
    const [one, other] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    // Each has locked one row before it asks for the row of the other.
    const inOrder = (ids: readonly [number, number], mine: typeof one, theirs: typeof one) =>
      database.transaction(async transaction => {
        runs += 1
        await add(ids[0], transaction)
        mine.resolve()
        await theirs.promise
        await add(ids[1], transaction)
      })
    await Promise.all([inOrder([1, 2], one, other), inOrder([2, 1], other, one)])
    assert.equal(runs, 3)
    assert.deepEqual(await values(), [2, 2])
  })

  it('that outlasts its time limit does not commit after its caller was told so', async t => {
    const { database, add, values } = await setup(t)
    const late = Promise.withResolvers<void>()
    const slow = database.transaction(async transaction => {
      await add(1, transaction)
      await late.promise
    })
    await assert.rejects(slow, { status: 503 })
    late.resolve()
    // This one waits for the row, and so for the end of the late one.
    await database.transaction(transaction => add(1, transaction))
    assert.deepEqual(await values(), [1, 0])
  })
})
