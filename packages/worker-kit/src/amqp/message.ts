import type { Message, Options } from 'amqplib'
import type { JobJson } from 'bullmq'

/** Version of the body's layout; a worker refuses a higher one. */
const LAYOUT = 1

/** Header that carries a job's stamp: decimal digits, since the number passes 2^53 when it is in microseconds with room. */
const STAMP_HEADER = 'x-stamp'

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

/** Reads which job a message is for. Gives a text that says what is wrong with a message of another form. */
export function decodeClaim(message: Message): JobClaim | string {
  const { messageId, headers } = message.properties
  const stamp: unknown = headers?.[STAMP_HEADER]
  if (typeof messageId !== 'string' || messageId === '') return 'the message has no message-id'
  if (typeof stamp !== 'string' || !/^\d{1,20}$/.test(stamp))
    return `the message has no header ${STAMP_HEADER}`
  return { id: messageId, stamp }
}
