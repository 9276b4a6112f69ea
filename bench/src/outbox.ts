// How long an outbox takes: rows written in transactions of 1,000, then published by one relay. On servers of its own.
//
//   node bench/src/outbox.ts [ROWS]     100000 by default

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type LocalServer, startMariadb, startPostgresql, startRabbitmq } from '@jackalope/local-servers'
import { defineJob } from '@jackalope/worker-kit/job'
import { createOutbox, mysql2Store, type OutboxStore, pgStore } from '@jackalope/worker-kit/outbox'
import { createPool, type PoolConnection } from 'mysql2/promise'
import pg from 'pg'

const rows = Number(process.argv[2] ?? 100_000)
const ROWS_OF_A_TRANSACTION = 1_000
const pad = 'x'.repeat(180)

const anything = {
  '~standard': { version: 1, vendor: 'bench', validate: (value: unknown) => ({ value }) },
} as const
const greet = defineJob({ name: 'greet', input: anything })

interface Database<Transaction> {
  store: OutboxStore<Transaction>
  transaction(work: (transaction: Transaction) => Promise<unknown>): Promise<void>
  close(): Promise<void>
}

function onMariadb(url: string): Database<PoolConnection> {
  const pool = createPool(url)
  return {
    store: mysql2Store(pool) as OutboxStore<PoolConnection>,
    async transaction(work) {
      const connection = await pool.getConnection()
      await connection.beginTransaction()
      await work(connection)
      await connection.commit()
      connection.release()
    },
    close: () => pool.end(),
  }
}

function onPostgresql(url: string): Database<pg.PoolClient> {
  const pool = new pg.Pool({ connectionString: url })
  return {
    store: pgStore(pool) as OutboxStore<pg.PoolClient>,
    async transaction(work) {
      const client = await pool.connect()
      await client.query('BEGIN')
      await work(client)
      await client.query('COMMIT')
      client.release()
    },
    close: () => pool.end(),
  }
}

/** Runs work; gives its milliseconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

async function measure<Transaction>(title: string, database: Database<Transaction>, amqpUrl: string) {
  const outbox = createOutbox({ store: database.store })
  await outbox.migrate()
  const writtenMs = await timed(async () => {
    for (let start = 0; start < rows; start += ROWS_OF_A_TRANSACTION) {
      const jobs = Array.from({ length: Math.min(ROWS_OF_A_TRANSACTION, rows - start) }, (_, index) => ({
        data: { number: start + index, pad },
      }))
      await database.transaction(transaction => outbox.addBulk(greet, jobs, { transaction }))
    }
  })
  const statsMs = await timed(() => outbox.stats())
  const lookMs = await timed(() => database.store.queues())
  const memoryBefore = process.memoryUsage.rss()
  let memory = memoryBefore
  const relayedMs = await timed(async () => {
    const relay = outbox.relay({ amqpUrl, prefix: `bench-${title}` })
    // `queues` looks at one entry of the index.
    while ((await database.store.queues()).length > 0) {
      memory = Math.max(memory, process.memoryUsage.rss())
      await delay(20)
    }
    await relay.close()
  })
  const perSecond = (ms: number) => Math.round((rows / ms) * 1_000)
  console.log(
    `${title}: ${rows} rows; written ${perSecond(writtenMs)} a second; published ${perSecond(relayedMs)} a second ` +
      `(${(relayedMs / 1_000).toFixed(1)} s); stats ${Math.round(statsMs)} ms, a look ${lookMs.toFixed(1)} ms; ` +
      `memory ${Math.round(memory / 1e6)} MB, ${Math.round((memory - memoryBefore) / 1e6)} more than before`,
  )
  await database.close()
}

const dir = await mkdtemp(join(tmpdir(), 'bench-outbox-'))
const servers: LocalServer[] = []
try {
  const [rabbitmq, mariadb, postgresql] = await Promise.all(
    [startRabbitmq, startMariadb, startPostgresql].map(async (start, index) => {
      const server = await start({ dir: join(dir, String(index)) })
      servers.push(server)
      return server
    }),
  )
  if (!rabbitmq || !mariadb || !postgresql) throw new Error('a server is missing')
  await measure('MariaDB', onMariadb(mariadb.url), rabbitmq.url)
  await measure('PostgreSQL', onPostgresql(postgresql.url), rabbitmq.url)
} finally {
  await Promise.all(servers.map(server => server.stop()))
  await rm(dir, { recursive: true })
}
