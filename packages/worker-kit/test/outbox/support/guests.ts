import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import {
  amqpUrl,
  createMysqlDatabase,
  onEnd,
  redisUrl,
  removeQueues,
  until,
} from '@jackalope/local-servers/testing'
import { createPool, type Pool, type PoolConnection } from 'mysql2/promise'
import { z } from 'zod'
import { connect, type Logger } from '../../../src/index.ts'
import { defineJob } from '../../../src/job/index.ts'
import { createOutbox, mysql2Store, type RelayOptions } from '../../../src/outbox/index.ts'

export const greet = defineJob({ name: 'greet', input: z.object({ name: z.string() }) })

/** Work in a transaction of mysql2's. */
export async function inTransaction<T>(
  pool: Pool,
  work: (connection: PoolConnection) => Promise<T>,
): Promise<T> {
  const connection = await pool.getConnection()
  try {
    await connection.beginTransaction()
    const result = await work(connection)
    await connection.commit()
    return result
  } catch (error) {
    await connection.rollback()
    throw error
  } finally {
    connection.release()
  }
}

/** A logger that remembers its lines. */
export function recordLines() {
  const lines: { level: string; message: string; fields: { err?: Error } }[] = []
  const log = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, message, fields })
  const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
  return {
    ...{ logger, lines },
    /** What was said of the outbox itself. */
    messages: () => lines.map(({ message }) => message).filter(message => message.startsWith('the outbox')),
  }
}

/** An outbox in a database of its own, the queue that its jobs go to, and a kit that can run them. Relays are started by the
 *  test. */
export async function startOutbox(t: TestContext, { url: databaseUrl }: { url?: string } = {}) {
  const url = databaseUrl ?? (await createMysqlDatabase(t)).url
  const pool = createPool({ uri: url, connectTimeout: 2_000 })
  onEnd(t, () => pool.end())
  const prefix = `test-${randomUUID()}`
  onEnd(t, () => removeQueues(prefix, [greet.name, 'other']))
  const kit = await connect({ amqpUrl: amqpUrl(), redisUrl: redisUrl(), prefix })
  onEnd(t, () => kit.close())
  const store = mysql2Store(pool)
  const outbox = createOutbox({ store })
  await outbox.migrate()
  const done: { id: string; name: string }[] = []
  return {
    ...{ url, pool, prefix, kit, store, outbox, done },
    /** The names of the jobs that have run, in the order of their runs. */
    names: () => done.map(({ name }) => name),
    /** Runs the jobs, one at a time. */
    work() {
      return kit.work(greet, async ({ id, data }) => void done.push({ id, name: data.name }))
    },
    relay(options: Partial<RelayOptions> = {}) {
      const source = options.producer ? {} : { amqpUrl: amqpUrl(), prefix }
      const relay = outbox.relay({ ...source, ...options } as RelayOptions)
      onEnd(t, () => relay.close())
      return relay
    },
    add: (...names: string[]) =>
      inTransaction(pool, transaction =>
        outbox.addBulk(
          greet,
          names.map(name => ({ data: { name } })),
          { transaction },
        ),
      ),
    isEmpty: async () => (await outbox.stats()).rows === 0,
    untilRun: (count: number) => until(async () => done.length >= count),
  }
}
