// A relay in a process of its own. With KILLED_AT the process kills itself, or stops, at that step.

import { setImmediate as turn } from 'node:timers/promises'
import { createPool } from 'mysql2/promise'
import { connectProducer, type Producer } from '../../../src/broker-producer/index.ts'
import { createOutbox, mysql2Store, type OutboxStore } from '../../../src/outbox/index.ts'

export type Step =
  | 'frozen'
  | 'before publishing'
  | 'while publishing'
  | 'after the confirm'
  | 'after the removal'

const { MYSQL_URL = '', AMQP_URL = '', PREFIX = '', KILLED_AT } = process.env
let wasFrozen = false
const die = () => process.kill(process.pid, 'SIGKILL')
const store = mysql2Store(createPool(MYSQL_URL))
const producer = await connectProducer({ amqpUrl: AMQP_URL, prefix: PREFIX })

const killed: OutboxStore<never> = {
  ...store,
  async dueRows(...args) {
    const rows = await store.dueRows(...args)
    if (rows.length > 0 && KILLED_AT === 'before publishing') die()
    if (rows.length > 0 && KILLED_AT === 'frozen' && !wasFrozen) {
      wasFrozen = true
      // Stops when the message is on its way.
      await new Promise(resolve => process.send?.('frozen', resolve))
      process.kill(process.pid, 'SIGSTOP')
    }
    return rows
  },
  async remove(keys) {
    process.send?.('confirmed')
    if (KILLED_AT === 'after the confirm') die()
    await store.remove(keys)
    if (KILLED_AT === 'after the removal') die()
  },
}

const killedProducer = {
  check: () => producer.check(),
  queueOfCheckedJobs(name: string) {
    const queue = producer.queueOfCheckedJobs(name)
    if (KILLED_AT !== 'while publishing') return queue
    return {
      async addBulk(jobs: Parameters<typeof queue.addBulk>[0]) {
        const added = queue.addBulk(jobs)
        // Some turns of the event loop: the jobs are on their way, and the broker has confirmed none or some.
        for (let turns = 0; turns < 3; turns += 1) await turn()
        die()
        return added
      },
    }
  },
} as unknown as Producer

// A batch may take half of its lease: the one that was frozen has to be confirmed all the same.
const leaseMs = KILLED_AT === 'frozen' ? 4_000 : 1_000

createOutbox({ store: killed }).relay({
  ...{ producer: killedProducer, leaseMs, pollIntervalMs: 50, batchSize: 10 },
})
process.send?.('started')
