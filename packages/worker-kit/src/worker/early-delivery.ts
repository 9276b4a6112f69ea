import type { Delivery } from '../amqp/consumer.ts'
import { encodeJob } from '../amqp/message.ts'
import type { StampedJob } from '../redis/stamped-job.ts'

/** Stands for the message of a job that is to start before its message is delivered: the broker has that message, behind
 *  those of a backlog, and delivers it in its turn. Settling this has no effect; the message is settled when it comes. */
export function earlyDelivery({ id, stamp, job }: StampedJob): Delivery {
  const { content, properties } = encodeJob(job, id, stamp)
  return {
    id,
    stamp,
    redelivered: false,
    content,
    properties: properties as Delivery['properties'],
    ack() {},
    giveBack() {},
    async refuse() {},
  }
}
