import { randomUUID } from 'node:crypto'
import {
  amqpUrl,
  type CleanUpOwner,
  createMysqlDatabase,
  onEnd,
  redisUrl,
  removeQueues,
} from '@jackalope/local-servers/testing'
import { createLogger } from '@jackalope/service-kit'
import { connect, type Kit } from '@jackalope/worker-kit'
import { defineJob } from '@jackalope/worker-kit/job'
import { z } from 'zod'
import { openDatabase } from '../../src/database/database.ts'
import { createOutbox } from '../../src/outbox/outbox.ts'
import { createOutboxStore } from '../../src/outbox/outbox-store.ts'
import { publishJobs } from '../../src/outbox/publish-jobs.ts'
import { Relay, type RelayOptions } from '../../src/outbox/relay.ts'

export const greet = defineJob({ name: 'greet', input: z.object({ name: z.string() }) })
export const logger = createLogger({ service: 'auth', level: 'silent' })

/** An outbox in a database of its own, and the queue that its jobs go to. Relays are started by the test. */
export async function startOutbox(owner: CleanUpOwner) {
  const { url, connection } = await createMysqlDatabase(owner)
  const database = openDatabase(url)
  onEnd(owner, () => database.close())
  await database.prepare(new AbortController().signal)
  const prefix = `test-${randomUUID()}`
  onEnd(owner, () => removeQueues(prefix, [greet.name]))
  const kit = await connectKit(owner, prefix)
  const store = createOutboxStore(database)
  const relays: Relay[] = []
  const outbox = createOutbox(database, () => {
    for (const relay of relays) relay.wake()
  })
  return {
    ...{ url, connection, database, prefix, kit, store, outbox },
    /** A relay that `enqueue` wakes. */
    relay(options: Partial<RelayOptions> = {}) {
      const relay = new Relay({ store, publish: publishJobs(kit, [greet]), logger, ...options })
      onEnd(owner, () => relay.close())
      relays.push(relay)
      return relay
    },
    enqueue: (name: string) =>
      database.transaction(transaction => outbox.enqueue(transaction, greet, { name })),
    isEmpty: async () => (await store.stats()).rows === 0,
    /** The names in all jobs of the queue, in whatever state. */
    async greeted() {
      const jobs = await kit
        .queue(greet)
        .bull.getJobs(['waiting', 'active', 'completed', 'failed', 'delayed'])
      return jobs.map(({ data }) => data.name as string).sort()
    },
  }
}

export async function connectKit(
  owner: CleanUpOwner,
  prefix: string,
  { amqp = amqpUrl(), redis = redisUrl() } = {},
): Promise<Kit> {
  const kit = await connect({ amqpUrl: amqp, redisUrl: redis, prefix, logger })
  onEnd(owner, () => kit.close())
  return kit
}
