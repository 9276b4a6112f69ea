import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { createMysqlDatabase, onEnd } from '@jackalope/local-servers/testing'
import { createApiKeys } from '../../src/api-keys/api-keys.ts'
import { createAuditLog } from '../../src/audit/audit-log.ts'
import { openDatabase } from '../../src/database/database.ts'
import { createSessions } from '../../src/sessions/sessions.ts'
import { createUserStore } from '../../src/users/user-store.ts'

const client = { address: '192.0.2.1' }

/** A user whose password has just been compared. */
async function setup(t: TestContext) {
  const database = openDatabase((await createMysqlDatabase(t)).url)
  onEnd(t, () => database.close())
  await database.prepare(new AbortController().signal)
  const users = createUserStore(database, { verification: false })
  const audit = createAuditLog(database)
  const mails = { send: async () => true }
  const sessions = createSessions({
    ...{ database, users, audit, mails },
    accessTokenSeconds: 600,
  })
  const account = await users.create({ email: 'ada@example.com', passwordHash: 'old' })
  assert.ok(account)
  const apiKeys = createApiKeys({ database, users, audit, mails })
  return { database, users, sessions, apiKeys, account }
}

describe('A login whose password was right a moment ago', () => {
  for (const [name, changes] of Object.entries({
    'a reset has changed it since': { passwordHash: 'new' },
    'the account has been locked since': { lockedAt: new Date() },
  }))
    it(`begins no session when ${name}`, async t => {
      const { database, users, sessions, apiKeys, account } = await setup(t)
      assert.ok(await sessions.start(account, client))
      await database.transaction(transaction => users.change(account.id, changes, transaction))
      assert.equal(await sessions.start(account, client), undefined)
      assert.equal(await sessions.startShort(account, client), undefined)
      assert.equal((await sessions.list(account.id)).length, 1)
      // Nor does a request that was let in just before get an API key, which would outlive the reset.
      const wanted = { name: 'back door', scopes: ['jobs:read' as const] }
      await assert.rejects(apiKeys.create(account, wanted, client), { status: 401 })
    })

  it('begins no session when the account has been deleted since', async t => {
    const { database, users, sessions, account } = await setup(t)
    await database.transaction(transaction => users.remove(account.id, transaction))
    assert.equal(await sessions.start(account, client), undefined)
  })
})
