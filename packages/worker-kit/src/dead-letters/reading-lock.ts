import type { ChannelModel } from 'amqplib'
import { answered } from '../amqp/outages.ts'
import { READER } from '../amqp/topology.ts'
import { WorkerKitError } from '../errors.ts'
import { delay, monotonicMs } from '../real-timers.ts'

const RETRY_MS = 50

/** Lets one connection at a time read a dead-letter queue. Messages that one reader has in flight are hidden from all others,
 *  and would be requeued in another order. The lock is an exclusive queue: the broker deletes it when its connection ends.
 *  @param patienceMs - how long to wait for another reader, in milliseconds.
 *  @throws {WorkerKitError} `ERR_DEAD_LETTERS_BUSY` */
export async function lockForReading(
  connection: ChannelModel,
  deadLetterQueue: string,
  patienceMs: number,
): Promise<void> {
  const deadline = monotonicMs() + patienceMs
  for (;;) {
    // A refusal closes the channel: so every attempt has its own.
    const channel = await answered(connection.createChannel())
    channel.on('error', () => undefined)
    try {
      const lock = channel.assertQueue(`${deadLetterQueue}${READER}`, { exclusive: true, durable: false })
      await answered(lock)
      return
    } catch (error) {
      if ((error as { code?: number }).code !== 405) throw error
      if (monotonicMs() > deadline)
        throw new WorkerKitError(
          'ERR_DEAD_LETTERS_BUSY',
          `Another process reads "${deadLetterQueue}" for longer than ${patienceMs} ms. Try again later.`,
        )
    }
    await delay(RETRY_MS)
  }
}
