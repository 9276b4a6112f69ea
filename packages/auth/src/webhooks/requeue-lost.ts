import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { removeInBatches } from '../database/clean-up-hourly.ts'
import type { Deliveries } from './deliveries.ts'

/** Time between two looks, in milliseconds. Jitter keeps replicas from looking at the same moment. */
const intervalMs = 5 * 60_000

/** Starts deliveries again whose jobs got lost, as when Redis loses the jobs that wait for their next attempt, until
 *  `signal` is aborted. */
export async function requeueLostDeliveries(
  deliveries: Pick<Deliveries, 'requeueLost'>,
  { logger, signal }: { logger: Logger; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      const requeued = await removeInBatches(deliveries.requeueLost, signal)
      if (requeued > 0) logger.warn({ requeued }, 'started deliveries again whose jobs were lost')
    } catch (error) {
      logger.warn({ err: error }, 'lost deliveries were not looked for')
    }
    const waitMs = intervalMs * (0.75 + Math.random() / 2)
    await delay(waitMs, undefined, { signal, ref: false }).catch(() => {})
  }
}
