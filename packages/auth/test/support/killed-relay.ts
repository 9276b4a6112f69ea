// A relay that is killed when it has added a job, and has not removed its row yet.

import { connect } from '@jackalope/worker-kit'
import { openDatabase } from '../../src/database/database.ts'
import { createOutboxStore } from '../../src/outbox/outbox-store.ts'
import { publishJobs } from '../../src/outbox/publish-jobs.ts'
import { Relay } from '../../src/outbox/relay.ts'
import { greet, logger } from './outbox.ts'

const { MYSQL_URL = '', AMQP_URL = '', REDIS_URL = '', PREFIX } = process.env
const database = openDatabase(MYSQL_URL)
await database.prepare(new AbortController().signal)
const kit = await connect({ amqpUrl: AMQP_URL, redisUrl: REDIS_URL, prefix: PREFIX, logger })
const publish = publishJobs(kit, [greet])
new Relay({
  store: createOutboxStore(database),
  leaseMs: 1_000,
  logger,
  async publish(row) {
    const publication = await publish(row)
    process.kill(process.pid, 'SIGKILL')
    return publication
  },
})
