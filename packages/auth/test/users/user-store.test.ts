import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createMysqlDatabase, onEnd } from '@jackalope/local-servers/testing'
import { createLogger } from '@jackalope/service-kit'
import { openDatabase } from '../../src/database/database.ts'
import { createUserStore } from '../../src/users/user-store.ts'

describe('The user store', () => {
  it('throws errors that say what is wrong and hold no address or hash that could end up in the log', async t => {
    const { url, connection } = await createMysqlDatabase(t)
    const database = openDatabase(url)
    onEnd(t, () => database.close())
    await database.prepare(new AbortController().signal)
    const users = createUserStore(database, { verification: true })
    await connection.query('RENAME TABLE users TO elsewhere')
    let log = ''
    const write = (line: string) => {
      log += line
    }
    const logger = createLogger({ service: 'auth', destination: { write } })
    const logError = (err: unknown) => logger.error({ err })
    await users.create({ email: 'ada@example.com', passwordHash: '$argon2id$v=19$hash' }).catch(logError)
    await users.findByEmail('ada@example.com').catch(logError)
    assert.equal(log.match(/ER_NO_SUCH_TABLE/g)?.length, 2)
    assert.doesNotMatch(log, /ada@|argon2/)
  })
})
