import { createHash } from 'node:crypto'
import type { ConsumeMessage } from 'amqplib'
import type { JobJson } from 'bullmq'
import { decodeJob, isRecord, parseBody } from '../amqp/job-body.ts'
import {
  DEAD_STAMP_HEADER,
  decodeClaim,
  encodeJobBody,
  idOf,
  type JobMessage,
  jobProperties,
  MAX_BODY_BYTES,
  REFUSED_AT_HEADER,
  REFUSED_HEADER,
} from '../amqp/message.ts'
import { shorten } from '../shorten.ts'
import type { DeadJob, Failure, MalformedMessage } from './dead-letter.ts'

/** Headers of a dead letter, for people and programs that look into the queue. */
const headerNames = {
  /** Decimal digits. */
  stamp: DEAD_STAMP_HEADER,
  /** The job's queue, prefix included. */
  queue: 'x-dead-queue',
  /** First `MAX_HEADER_CHARS` characters of the error's message. */
  reason: 'x-dead-reason',
  /** Epoch milliseconds. */
  at: 'x-dead-at',
  attemptsMade: 'x-dead-attempts',
} as const

/** All headers together must fit into one frame of the broker. */
const MAX_HEADER_CHARS = 1_000
const MAX_REASON_CHARS = 10_000
const MAX_STACKTRACES = 10
const MAX_STACKTRACE_CHARS = 8_000

type JobSourceBody = Exclude<ReturnType<typeof decodeJob>, string>

/** A dead letter as it was written, without what became of its job since. */
export type WrittenDeadLetter = Omit<DeadJob, 'status' | 'job'> & {
  /** What adds the job again. Missing if its data were too large for a message. */
  readonly source?: JobSourceBody
}

/** Writes a job and its failure as a message: the job's own message with `failure` in its body. `failure` stays below 100 kB:
 *  the last 10 stack traces, each of 8,000 characters at most. */
export function encodeDeadLetter(
  job: JobJson,
  stamp: string,
  failure: Failure,
  queue: string,
  maxBytes = MAX_BODY_BYTES,
): JobMessage {
  const bounded = {
    ...failure,
    reason: shorten(failure.reason, MAX_REASON_CHARS),
    at: failure.at.getTime(),
    startedAt: failure.startedAt?.getTime(),
    stacktraces: failure.stacktraces
      .slice(-MAX_STACKTRACES)
      .map(trace => shorten(trace, MAX_STACKTRACE_CHARS)),
  }
  return {
    content: encodeJobBody(job, job.id, { failure: bounded }, maxBytes),
    within: maxBytes => encodeDeadLetter(job, stamp, failure, queue, maxBytes),
    properties: jobProperties(job.name, job.id, failure.at.getTime(), {
      [headerNames.stamp]: stamp,
      [headerNames.queue]: queue,
      [headerNames.reason]: shorten(failure.reason, MAX_HEADER_CHARS),
      [headerNames.at]: failure.at.getTime(),
      [headerNames.attemptsMade]: failure.attemptsMade,
    }),
  }
}

/** Reads whatever a dead-letter queue holds. */
export function decodeDeadLetter(message: ConsumeMessage): WrittenDeadLetter | MalformedMessage {
  const { headers } = message.properties
  const id = idOf(message)
  const stamp: unknown = headers?.[headerNames.stamp]
  if (typeof stamp === 'string' && typeof id === 'string') return decodeBody(message, id, stamp)
  const refusal: unknown = headers?.[REFUSED_HEADER]
  if (typeof refusal === 'string') return malformed(message, refusal)
  const claim = decodeClaim(message)
  if (typeof claim === 'string') return malformed(message, claim)
  if (claim.stamp === '') return malformed(message, `it has neither a stamp nor the reason why it is here`)
  // A job's own message: the broker has given it up.
  return decodeBody(message, claim.id, claim.stamp)
}

type StoredFailure = Omit<Failure, 'at' | 'startedAt'> & { at: number; startedAt?: number }

function decodeBody(
  message: ConsumeMessage,
  id: string,
  stamp: string,
): WrittenDeadLetter | MalformedMessage {
  const body = parseBody(message.content)
  if (typeof body === 'string') return malformed(message, body)
  const source = decodeJob(message.content)
  if (typeof source === 'string' && !body.dataOmitted) return malformed(message, source)
  return {
    kind: 'job',
    id,
    stamp,
    name: String(body.name),
    data: body.data,
    opts: isRecord(body.opts) ? body.opts : {},
    addedAt: new Date(Number(body.timestamp)),
    failure: isRecord(body.failure)
      ? decodeFailure(body.failure as unknown as StoredFailure)
      : givenUp(message),
    source: typeof source === 'string' ? undefined : source,
  }
}

function decodeFailure({ at, startedAt, ...failure }: StoredFailure): Failure {
  return { ...failure, at: dateOf(at) ?? new Date(0), startedAt: dateOf(startedAt) }
}

function givenUp(message: ConsumeMessage): Failure {
  const { reason, at } = brokersNote(message)
  return {
    reason: `RabbitMQ gave up the job's message${reason ? `: ${reason}` : ''}`,
    at: at ?? new Date(0),
    attemptsMade: 0,
    starts: 0,
    stalls: 0,
    stacktraces: [],
  }
}

function malformed(message: ConsumeMessage, reason: string): MalformedMessage {
  const headers = Object.fromEntries(
    Object.entries(message.properties.headers ?? {}).filter(([name]) => !addedHeaders.test(name)),
  )
  // Not the correlation id: that is the publisher's own, and differs between copies.
  const { messageId, type, contentType, contentEncoding, appId, timestamp } = message.properties
  const said = { messageId, type, contentType, contentEncoding, appId, timestamp }
  const properties = Object.fromEntries(
    Object.entries({ ...said, headers }).filter(([, value]) => value !== undefined),
  )
  const digest = createHash('sha256').update(JSON.stringify(properties)).update(message.content).digest('hex')
  return {
    kind: 'malformed',
    id: `malformed-${digest.slice(0, 12)}`,
    reason,
    at: refusedAt(message) ?? brokersNote(message).at,
    body: message.content,
    properties,
  }
}

/** When a dead letter was written, from its headers alone; to the second when the broker dead-lettered it itself. */
export function writtenAt(message: ConsumeMessage): Date | undefined {
  const at = dateOf(message.properties.headers?.[headerNames.at])
  return at ?? refusedAt(message) ?? brokersNote(message).at
}

/** Headers that the broker or this package adds. */
const addedHeaders = /^x-(death|delivery-count|acquired-count|refused(-at)?|(first|last)-death-\w+)$/

function refusedAt(message: ConsumeMessage): Date | undefined {
  return dateOf(message.properties.headers?.[REFUSED_AT_HEADER])
}

/** @param epochMs - anybody may have written it */
function dateOf(epochMs: unknown): Date | undefined {
  const date = new Date(typeof epochMs === 'number' ? epochMs : Number.NaN)
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** What the broker notes on a message that it dead-letters. Another producer may have written anything there. */
function brokersNote(message: ConsumeMessage): { reason?: string; at?: Date } {
  const deaths: unknown = message.properties.headers?.['x-death']
  const death: unknown = Array.isArray(deaths) ? deaths[0] : undefined
  if (!isRecord(death)) return {}
  const { reason, time } = death
  const seconds = isRecord(time) ? Number(time.value) : Number.NaN
  return { reason: typeof reason === 'string' ? reason : undefined, at: dateOf(seconds * 1000) }
}
