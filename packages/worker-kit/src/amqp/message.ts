import type { ConsumeMessage, Message, Options } from 'amqplib'
import type { JobJson } from 'bullmq'

/** Version of the body's layout; a worker refuses a higher one. */
const LAYOUT = 1

/** Header that carries a job's stamp: decimal digits, since the number passes 2^53 when it is in microseconds with room. */
const STAMP_HEADER = 'x-stamp'

/** Header of a copy that went through the parking queue: it counts as delivered before, though the broker says not. */
const PARKED_HEADER = 'x-parked'

/** A job as RabbitMQ carries it. */
export interface JobMessage {
  readonly content: Buffer
  readonly properties: Options.Publish & { messageId: string }
}

/** What a worker needs of a message to start its job. */
export interface JobClaim {
  readonly id: string
  readonly stamp: string
}

/** The whole job: enough to rebuild it when Redis has lost it. */
export function encodeJob(job: JobJson, id: string, stamp: string): JobMessage {
  const body = {
    layout: LAYOUT,
    id,
    name: job.name,
    data: job.data,
    opts: job.opts,
    timestamp: job.timestamp,
    parentKey: job.parentKey,
    parent: job.parent,
    repeatJobKey: job.repeatJobKey,
    deduplicationId: job.deduplicationId,
  }
  return {
    content: Buffer.from(JSON.stringify(body)),
    properties: {
      messageId: id,
      type: job.name,
      contentType: 'application/json',
      timestamp: Math.floor(job.timestamp / 1000),
      headers: { [STAMP_HEADER]: stamp },
    },
  }
}

/** A copy of a job's message, as it came, to be parked for some time.
 *  Without the broker's record of earlier stays: RabbitMQ before 4.0 would take the way in circles for an endless one,
 *  and drop the message. */
export function parkedCopy({ content, properties }: Message, ms: number): JobMessage {
  const { messageId, type, contentType, timestamp, headers = {} } = properties
  const own = Object.entries(headers).filter(([name]) => !/^x-(death|first-death-|last-death-)/.test(name))
  return {
    content,
    properties: {
      messageId,
      type,
      contentType,
      timestamp,
      expiration: String(Math.ceil(ms)),
      headers: { ...Object.fromEntries(own), [PARKED_HEADER]: true },
    },
  }
}

/** Whether a message was delivered before, and perhaps started. */
export function wasDelivered({ fields, properties }: ConsumeMessage): boolean {
  return fields.redelivered || properties.headers?.[PARKED_HEADER] === true
}

/** Reads which job a message is for. Gives a text that says what is wrong with a message of another form. */
export function decodeClaim(message: Message): JobClaim | string {
  const { messageId, headers } = message.properties
  const stamp: unknown = headers?.[STAMP_HEADER]
  if (typeof messageId !== 'string' || messageId === '') return 'the message has no message-id'
  if (typeof stamp !== 'string' || !/^\d{1,20}$/.test(stamp))
    return `the message has no header ${STAMP_HEADER}`
  return { id: messageId, stamp }
}
