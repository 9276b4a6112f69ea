import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { removeInBatches } from '../../src/database/clean-up-hourly.ts'
import { openDatabase } from '../../src/database/database.ts'
import { createSessionStore } from '../../src/sessions/session-store.ts'
import { ada, loggedIn, startTestAuth } from '../support/test-auth.ts'

const never = new AbortController().signal

describe('The removal of what has expired', () => {
  it('takes expired sessions with their tokens, and no others', async t => {
    const auth = await startTestAuth(t)
    await auth.register(ada)
    for (let index = 0; index < 3; index += 1) await loggedIn(auth)
    await auth.connection.query('UPDATE sessions SET expires_at = NOW() - INTERVAL 1 DAY LIMIT 2')
    const database = openDatabase(auth.url)
    t.after(() => database.close())
    await database.prepare(never)
    const store = createSessionStore(database)
    assert.equal(await store.removeExpired(1), 1)
    assert.equal(await removeInBatches(store.removeExpired, never), 1)
    const [[count]] = (await auth.connection.query(
      'SELECT COUNT(*) AS tokens FROM refresh_tokens',
    )) as unknown as [[{ tokens: number }]]
    assert.equal(count.tokens, 1)
  })

  it('works in batches, so many in a round, and ends with the process', async () => {
    const stop = new AbortController()
    const batches: number[] = []
    const remove = async (limit: number) => {
      batches.push(limit)
      if (batches.length === 3) stop.abort()
      return limit
    }
    await removeInBatches(remove, stop.signal)
    assert.deepEqual(batches, [500, 500, 500])
    batches.length = 3
    await removeInBatches(remove, never)
    assert.equal(batches.length, 203)
  })
})
