import { type Closable, unavailable } from '@jackalope/service-kit'
import type { Kit } from '@jackalope/worker-kit'

/** The gateway's way to all queues, for operators. */
export interface OperatorKit extends Closable {
  /** Connects at the first call: most gateways never meet an operator.
   *  @throws {HttpProblem} 503 while RabbitMQ or Redis is away */
  get(): Promise<Kit>
}

/** @param connect - with a user that may read all queues; nothing is declared */
export function createOperatorKit(connect: () => Promise<Kit>): OperatorKit {
  let kit: Promise<Kit> | undefined
  let isClosed = false
  return {
    async get() {
      if (isClosed) throw unavailable('The service')
      kit ??= connect()
      const connecting = kit
      try {
        return await connecting
      } catch (error) {
        // The next request tries again.
        if (kit === connecting) kit = undefined
        throw unavailable('RabbitMQ or Redis', { cause: error })
      }
    },
    async close() {
      isClosed = true
      await kit?.then(
        connected => connected.close(),
        () => undefined,
      )
    },
  }
}
