import type { ChannelModel } from 'amqplib'
import type { Broker } from '../amqp/broker.ts'
import { CLOSE_TIMEOUT_MS, closeConnection } from '../amqp/close.ts'
import { answered } from '../amqp/outages.ts'
import { DeadLetterReader } from './dead-letter-reader.ts'
import { lockForReading } from './reading-lock.ts'

/** How long to wait for another reader, in milliseconds. */
const READER_PATIENCE_MS = 30_000

/** Every reading of a message counts as a delivery. Beyond the queue's limit of 1,000,000 the broker drops the message. */
const RENEWAL_COUNT = 500_000

/** AMQP's code for what does not exist. */
const NOT_FOUND = 404

export interface DeadLetterReaderOptions {
  /** How long to wait for another reader, in milliseconds. @default 30_000 */
  patienceMs?: number
  /** After how many readings a message is replaced by a copy. @default 500_000 */
  renewalCount?: number
}

/** Runs `read` on a dead-letter queue, from its head on. Messages that `read` does not remove are requeued in their order.
 *  @throws {WorkerKitError} `ERR_CONNECT`, `ERR_DEAD_LETTERS_BUSY` */
export async function readDeadLetterQueue<T>(
  broker: Broker,
  queue: string,
  read: (reader: DeadLetterReader) => Promise<T>,
  { patienceMs = READER_PATIENCE_MS, renewalCount = RENEWAL_COUNT }: DeadLetterReaderOptions = {},
): Promise<T> {
  const connection = await broker.open('dead letters')
  // An error of the connection fails the next call on it.
  connection.on('error', () => undefined)
  try {
    await lockForReading(connection, queue, patienceMs)
    const reader = await openReader(connection, queue, renewalCount)
    const result = await read(reader).catch(async error => {
      await reader.close(CLOSE_TIMEOUT_MS).catch(() => undefined)
      throw error
    })
    await reader.close()
    return result
  } finally {
    // The broker requeues what was not removed.
    await closeConnection(connection)
  }
}

async function openReader(
  connection: ChannelModel,
  queue: string,
  renewalCount: number,
): Promise<DeadLetterReader> {
  const channel = await answered(connection.createConfirmChannel())
  const observer = await answered(connection.createChannel())
  for (const each of [channel, observer]) each.on('error', () => undefined)
  const total = await answered(observer.checkQueue(queue)).then(
    ({ messageCount }) => messageCount,
    error => {
      // A queue that does not exist has no letters.
      if (error.code === NOT_FOUND) return 0
      throw error
    },
  )
  return new DeadLetterReader({ channel, observer, queue, total, renewalCount })
}
