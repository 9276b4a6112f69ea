import type { Delivery } from '../amqp/delivery.ts'
import { encodeJob } from '../amqp/message.ts'
import { monotonicMs } from '../real-timers.ts'
import type { StampedJob } from '../redis/stamped-job.ts'

/** Stands for the message of a job that starts before its message is delivered. The broker has that message behind a backlog.
 *  Settling the placeholder has no effect: the message itself is settled when it is delivered. */
export function placeholderOf({ id, stamp, job }: StampedJob): Delivery {
  const { content, properties } = encodeJob(job, id, stamp)
  return {
    id,
    stamp,
    redelivered: false,
    receivedAt: monotonicMs(),
    content,
    properties: properties as Delivery['properties'],
    ack() {},
    requeue() {},
    async deadLetter() {},
  }
}
