import type { ConsumeMessage, Message, Options } from 'amqplib'
import type { JobJson } from 'bullmq'

/** Version of the body's layout; a worker refuses a higher one. */
export const LAYOUT = 1

/** Header that carries a job's stamp: decimal digits, microseconds. */
export const STAMP_HEADER = 'x-stamp'

/** Header that carries the id of a job whose id is too long for a message's. */
const ID_HEADER = 'x-job-id'

/** Header of a copy that went through the parking queue. It counts as redelivered, although for the broker it is new. */
const PARKED_HEADER = 'x-parked'

/** Header of a malformed message among the dead letters: the reason. */
export const REFUSED_HEADER = 'x-refused'
/** Header beside `x-refused`: the time, in epoch milliseconds. */
export const REFUSED_AT_HEADER = 'x-refused-at'

/** Header of a job's dead letter: the stamp. It differs from `x-stamp`, so that a letter that somebody moves to the queue of
 *  jobs is not taken for a late copy of its job: it is dead-lettered again. */
export const DEAD_STAMP_HEADER = 'x-dead-stamp'

/** Longest short string, in bytes (AMQP 0-9-1, 4.2.5.3). All names and most properties are short strings. */
export const MAX_SHORT_BYTES = 255

/** Default of the largest body, in bytes: the limit of RabbitMQ 4, which closes the channel on which a larger one is
 *  published. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024

/** Properties of a job's own message. */
export interface PlainProperties {
  readonly messageId: string
  readonly type: string
  readonly contentType: string
  /** Epoch seconds. */
  readonly timestamp: number
  readonly headers?: { readonly [STAMP_HEADER]: string }
}

/** A job as RabbitMQ carries it. */
export interface JobMessage {
  readonly content: Buffer
  readonly properties: Options.Publish
  /** `properties`, if there are no others than these. */
  readonly plain?: PlainProperties
  /** The same message with a body of at most `maxBytes`, as far as its data can be left out. */
  readonly within?: (maxBytes: number) => JobMessage
  /** Whether the message is all that there is of its job: nobody has recorded it. @default false */
  readonly isUnrecorded?: boolean
}

type MessageParts = Pick<Message, 'content' | 'properties'>

/** Which job a message is for. */
export interface JobClaim {
  /** Empty when another producer (`docs/message-format.md`) gave none. */
  readonly id: string
  /** Empty in the message of a job that nobody had recorded. */
  readonly stamp: string
}

/** The whole job: enough to rebuild it when Redis has lost it. The layout is documented in `docs/message-format.md`.
 *  @param maxBytes - a larger message is sent without the job's data */
export function encodeJob(job: JobJson, id: string, stamp: string, maxBytes = MAX_BODY_BYTES): JobMessage {
  const properties = jobProperties(job.name, id, job.timestamp, { [STAMP_HEADER]: stamp })
  const isPlain = properties.messageId !== undefined && properties.type !== undefined
  return {
    content: encodeJobBody(job, id, {}, maxBytes),
    within: maxBytes => encodeJob(job, id, stamp, maxBytes),
    properties,
    plain: isPlain ? (properties as PlainProperties) : undefined,
  }
}

/** Properties of a message about a job. A name that is too long for `type` is in the body alone.
 *  @param timestamp - epoch milliseconds */
export function jobProperties(
  name: string,
  id: string,
  timestamp: number,
  headers?: Record<string, unknown>,
): Options.Publish {
  const hasShortId = isShort(id)
  return {
    messageId: hasShortId ? id : undefined,
    type: isShort(name) ? name : undefined,
    contentType: 'application/json',
    timestamp: secondsOf(timestamp),
    headers: hasShortId ? headers : { ...headers, [ID_HEADER]: id },
  }
}

/** A time as AMQP carries it: whole seconds, none before 1970. BullMQ takes any number; the body has it as it is.
 *  @param timestamp - epoch milliseconds */
function secondsOf(timestamp: number): number {
  return Math.min(Math.max(0, Math.floor(timestamp / 1000)), Number.MAX_SAFE_INTEGER)
}

/** Whether a value is a text that AMQP takes as a short string. */
export function isShort(text: unknown): boolean {
  if (typeof text !== 'string') return false
  return text.length <= MAX_SHORT_BYTES / 3 || Buffer.byteLength(text) <= MAX_SHORT_BYTES
}

/** Id of the job that a message is about. Another producer may give a value of any type, or none. */
export function idOf({ properties }: Pick<JobMessage | MessageParts, 'properties'>): unknown {
  const { messageId, headers } = properties
  if (messageId !== undefined || !headers) return messageId
  // Another producer may use the header for something else.
  const isOurs = STAMP_HEADER in headers || DEAD_STAMP_HEADER in headers
  return isOurs ? headers[ID_HEADER] : undefined
}

/** @param more - further fields of the body
 *  @param maxBytes - a larger body is made without the job's data */
export function encodeJobBody(
  job: JobJson,
  id: string,
  more: object = {},
  maxBytes = MAX_BODY_BYTES,
): Buffer {
  const fields = {
    layout: LAYOUT,
    id,
    name: job.name,
    opts: job.opts,
    timestamp: job.timestamp,
    parentKey: job.parentKey,
    parent: job.parent,
    repeatJobKey: job.repeatJobKey,
    deduplicationId: job.deduplicationId,
    attemptsMade: job.attemptsMade || undefined,
    ...more,
  }
  return encodeBody(fields, job.data, maxBytes)
}

/** A copy of a job's message for the parking queue.
 *  @param ms - how long it is parked, in milliseconds */
export function parkedCopy(message: MessageParts, ms: number): JobMessage {
  return copyWith(message, { expiration: String(Math.ceil(ms)) }, { [PARKED_HEADER]: true })
}

/** Whether nobody had recorded the job when its message was published: the message carries no stamp, even if the job has got one
 *  since. */
export function isUnrecorded({ properties }: MessageParts): boolean {
  return (properties.headers?.[STAMP_HEADER] ?? '') === ''
}

/** Whether a message was delivered before, so that its job may have started. */
export function wasDelivered({ fields, properties }: ConsumeMessage): boolean {
  return fields.redelivered || properties.headers?.[PARKED_HEADER] === true
}

/** The data are JSON already, and are inserted as they are. */
function encodeBody(fields: object, data: string, maxBytes: number): Buffer {
  const text = JSON.stringify(fields).slice(0, -1)
  const whole = Buffer.from(`${text},"data":${data}}`)
  return whole.length <= maxBytes ? whole : Buffer.from(`${text},"dataOmitted":true}`)
}

/** Reads which job a message is for.
 *  @returns a text that says what is wrong with a malformed message */
export function decodeClaim(message: Message): JobClaim | string {
  const { headers } = message.properties
  if (headers && DEAD_STAMP_HEADER in headers) return 'it is a dead letter, which only a replay brings back'
  const id = idOf(message) ?? ''
  const stamp: unknown = headers?.[STAMP_HEADER] ?? ''
  if (typeof id !== 'string') return 'its message-id is no text'
  if (typeof stamp !== 'string' || !/^\d{0,20}$/.test(stamp)) return `its header ${STAMP_HEADER} is no stamp`
  if (stamp !== '' && id === '') return 'it has a stamp, but no message-id'
  return { id, stamp }
}

/** A copy, with an id, of a message that came without one. */
export function copyWithId(message: MessageParts, messageId: string): JobMessage {
  return copyWith(message, { messageId })
}

/** A copy of a message for the dead-letter queue, with the reason. */
export function refusedCopy(message: MessageParts, reason: string): JobMessage {
  return copyWith(message, {}, { [REFUSED_HEADER]: reason, [REFUSED_AT_HEADER]: Date.now() })
}

/** Leaves out the properties that belong to the first delivery, such as `correlationId`. */
function copyWith(
  { content, properties }: MessageParts,
  more: { messageId?: string; expiration?: string },
  headers: Record<string, unknown> = {},
): JobMessage {
  const { messageId, type, contentType, timestamp } = properties
  return {
    content,
    properties: {
      ...{ messageId, type, contentType, timestamp },
      headers: { ...properties.headers, ...headers },
      ...more,
    },
  }
}
