import type { Channel, Options } from 'amqplib'
import { WorkerKitError } from '../errors.ts'
import { shorten } from '../shorten.ts'
import { MAX_SHORT_BYTES } from './message.ts'

/** `quorum`: replicated, fsynced before it is confirmed. `classic`: faster, on one node. */
export type QueueType = 'quorum' | 'classic'

/** Requeues count as deliveries, and must never reach the limit; -1 (no limit) loses messages on RabbitMQ 3.10. */
const DELIVERY_LIMIT = 1_000_000

/** The broker's objects for one BullMQ queue. */
export interface QueueTopology {
  /** Queue of the jobs. */
  readonly queue: string
  /** Exchange and queue of the dead letters. */
  readonly deadLetterExchange: string
  readonly deadLetterQueue: string
  readonly type: QueueType
  /** Longest time that a delivery may stay unacknowledged, in milliseconds. RabbitMQ 3.12 and later heed it. */
  readonly consumerTimeoutMs: number
  /** Kept by workers, not by the broker: a queue's arguments cannot be changed. @default none */
  readonly deadLetterBound?: DeadLetterBound
}

/** How many dead letters a queue keeps, and for how long. Workers remove the oldest letters beyond either bound. */
export interface DeadLetterBound {
  /** Most dead letters. Integer >= 1. @default no limit */
  readonly maxCount?: number
  /** Longest time that a dead letter is kept, in milliseconds. Integer >= 60_000. @default no limit */
  readonly maxAgeMs?: number
}

/** A queue where messages wait for `PARKING_MS` before the broker moves them back to the queue of jobs. */
export interface ParkingTopology {
  readonly queue: string
  readonly returnsTo: string
  readonly type: QueueType
}

/** Longest stay in a parking queue, in milliseconds. */
export const PARKING_MS = 5_000

const PARKED = ':parked'
const DEAD = ':dead'
/** Suffix of the lock that the reader of a dead-letter queue holds. */
export const READER = '-reader'

/** Longest BullMQ prefix, colon and queue name, in bytes: the names that are derived from them must fit, too. */
const MAX_QUALIFIED_BYTES = MAX_SHORT_BYTES - DEAD.length - READER.length

/** @throws {WorkerKitError} `ERR_INVALID_DEFINITION` when the names derived from it are too long for RabbitMQ */
export function refuseLongName(qualifiedName: string): void {
  const bytes = Buffer.byteLength(qualifiedName)
  if (bytes <= MAX_QUALIFIED_BYTES) return
  const text = `The prefix and name of the queue "${shorten(qualifiedName, 40)}" have ${bytes} bytes, and ${MAX_QUALIFIED_BYTES} are the most that they may have together`
  throw new WorkerKitError('ERR_INVALID_DEFINITION', text)
}

/** Names are derived from the BullMQ prefix and the queue's name: `bull:video.convert`.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` when they are too long */
export function queueTopology(
  qualifiedName: string,
  options: Pick<QueueTopology, 'type' | 'consumerTimeoutMs' | 'deadLetterBound'>,
): QueueTopology {
  refuseLongName(qualifiedName)
  return {
    queue: qualifiedName,
    deadLetterExchange: `${qualifiedName}${DEAD}`,
    deadLetterQueue: `${qualifiedName}${DEAD}`,
    ...options,
  }
}

/** Name of the queue of a subscription to dead letters.
 *  @throws {WorkerKitError} `ERR_INVALID_DEFINITION` when it is too long for RabbitMQ */
export function subscriptionQueue({ deadLetterQueue }: QueueTopology, subscription: string): string {
  const queue = `${deadLetterQueue}:${subscription}`
  const tooMany = Buffer.byteLength(queue) - MAX_SHORT_BYTES
  if (tooMany <= 0) return queue
  const text = `The name of the subscription "${shorten(subscription, 40)}" has ${tooMany} bytes too many: the name of its queue in RabbitMQ may have ${MAX_SHORT_BYTES}`
  throw new WorkerKitError('ERR_INVALID_DEFINITION', text)
}

/** Declared when first needed: most queues never park a message. */
export function parkingTopology({ queue, type }: QueueTopology): ParkingTopology {
  return { queue: `${queue}${PARKED}`, returnsTo: queue, type }
}

/** Declares everything of one queue. Queues and exchanges that exist with the same arguments stay as they are.
 *  @throws {WorkerKitError} `ERR_TOPOLOGY_MISMATCH` when it exists with other arguments, `ERR_ACCESS_REFUSED` when the broker's user
 *    may not */
export async function declareTopology(
  channel: Channel,
  topology: QueueTopology | ParkingTopology,
): Promise<void> {
  try {
    if ('returnsTo' in topology) {
      await channel.assertQueue(topology.queue, parkingQueueOptions(topology))
      return
    }
    await declareDeadLetterExchange(channel, topology)
    await channel.assertQueue(topology.deadLetterQueue, deadLetterQueueOptions(topology))
    await channel.bindQueue(topology.deadLetterQueue, topology.deadLetterExchange, '')
    await channel.assertQueue(topology.queue, jobQueueOptions(topology))
  } catch (error) {
    throw explained(error as Error & { code?: number }, topology)
  }
}

/** Declares the exchange of a queue's dead letters, and nothing else. */
export async function declareDeadLetterExchange(
  channel: Channel,
  { deadLetterExchange }: Pick<QueueTopology, 'deadLetterExchange'>,
): Promise<void> {
  await channel.assertExchange(deadLetterExchange, 'fanout', { durable: true })
}

/** Deletes everything of one queue, messages included. Missing queues and exchanges are no error. */
export async function removeTopology(channel: Channel, topology: QueueTopology): Promise<void> {
  await channel.deleteQueue(topology.queue)
  await channel.deleteQueue(parkingTopology(topology).queue)
  await channel.deleteQueue(topology.deadLetterQueue)
  try {
    await channel.deleteExchange(topology.deadLetterExchange, { ifUnused: true })
  } catch (error) {
    // Subscriptions to dead letters are bound to the exchange, and keep it. The refusal has closed the channel.
    if ((error as { code?: number }).code !== 406) throw error
  }
}

function jobQueueOptions(topology: QueueTopology): Options.AssertQueue {
  return {
    durable: true,
    deadLetterExchange: topology.deadLetterExchange,
    arguments: {
      'x-queue-type': topology.type,
      'x-consumer-timeout': topology.consumerTimeoutMs,
      // At-most-once dead-lettering: one at-least-once queue that is deleted as soon as it was declared breaks all others
      // of its broker until that restarts (seen on 3.10; on 4.2 see rabbitmq-server issue 16652).
      ...(topology.type === 'quorum' && { 'x-delivery-limit': DELIVERY_LIMIT }),
    },
  }
}

function parkingQueueOptions({ returnsTo, type }: ParkingTopology): Options.AssertQueue {
  return {
    durable: true,
    messageTtl: PARKING_MS,
    deadLetterExchange: '',
    deadLetterRoutingKey: returnsTo,
    arguments: { 'x-queue-type': type },
  }
}

/** Options of the dead-letter queue, and of the queue of a subscription to dead letters. */
export function deadLetterQueueOptions({ type }: QueueTopology): Options.AssertQueue {
  return {
    durable: true,
    arguments: {
      'x-queue-type': type,
      ...(type === 'quorum' && { 'x-delivery-limit': DELIVERY_LIMIT }),
    },
  }
}

function explained(error: Error & { code?: number }, { queue }: { queue: string }): Error {
  if (error.code === 403)
    return new WorkerKitError(
      'ERR_ACCESS_REFUSED',
      `RabbitMQ refuses its user what the queue "${queue}" needs (${error.message}). Give the user the rights to configure, write and ` +
        'read the names that begin with the prefix, and to write to amq.default; or declare the queues by another user, and set ' +
        'declares: false here',
      { cause: error },
    )
  if (error.code !== 406) return error
  return new WorkerKitError(
    'ERR_TOPOLOGY_MISMATCH',
    `The broker's queue "${queue}", or its dead-letter queue, exists with other arguments than ` +
      `this version declares (${error.message}). Use the settings it was made with, or delete it once it is empty: ` +
      'waiting jobs are published again from Redis.',
    { cause: error },
  )
}
