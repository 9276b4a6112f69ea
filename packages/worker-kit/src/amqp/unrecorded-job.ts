import type { MessageProperties } from 'amqplib'
import { reservedIds } from '../reserved-ids.ts'
import { describeLayout, isRecord, isWritable, type JobBody, parseBodyAndData } from './job-body.ts'
import {
  isShort,
  type JobMessage,
  jobProperties,
  LAYOUT,
  MAX_BODY_BYTES,
  MAX_SHORT_BYTES,
  type PlainProperties,
} from './message.ts'

/** A job whose record its worker makes: its message is all that there is of it (`docs/message-format.md`). */
export interface UnrecordedJob {
  readonly name: string
  /** JSON. */
  readonly data: string
  readonly opts: Record<string, unknown>
  /** When the job was made, in epoch milliseconds. */
  readonly timestamp: number
}

/** Job options that such a message may carry, and what each must be. */
const rules: Record<string, Rule> = {
  attempts: integer(1),
  backoff: { fits: isBackoff, wanted: 'milliseconds, or an object with "type" and "delay"' },
  delay: integer(0),
  priority: integer(0, 2_097_152),
  removeOnComplete: { fits: isKept, wanted: 'true, false, a count, or an object with "age" or "count"' },
  removeOnFail: { fits: isKept, wanted: 'true, false, a count, or an object with "age" or "count"' },
  keepLogs: integer(0),
  stackTraceLimit: integer(0),
  telemetry: { fits: isTelemetry, wanted: 'an object with "metadata", a text, or "omitContext"' },
}

interface Rule {
  fits: (value: unknown) => boolean
  wanted: string
}

/** The message of a job that nobody has recorded.
 *  @param job.opts - only options that such a message may carry
 *  @param id - 255 bytes at most, not empty */
export function encodeUnrecorded({ name, data, opts, timestamp }: UnrecordedJob, id: string): JobMessage {
  const text = JSON.stringify({ name, opts, timestamp }).slice(0, -1)
  const properties = jobProperties(name, id, timestamp)
  return {
    content: Buffer.from(`${text},"data":${data}}`),
    properties,
    plain: properties.type === undefined ? undefined : (properties as PlainProperties),
    isUnrecorded: true,
  }
}

/** Reads a job that nobody has recorded from its message.
 *  @returns the job, or a text that says what is wrong with the message */
export function decodeUnrecorded(
  id: string,
  content: Buffer,
  properties: Pick<MessageProperties, 'type'>,
): JobBody | string {
  if (content.length > MAX_BODY_BYTES) return `its body is larger than ${MAX_BODY_BYTES} bytes`
  const fault = unrecordedIdFault(id)
  if (fault !== undefined) return `its message-id "${id}" ${fault}`
  const parsed = parseBodyAndData(content)
  if (typeof parsed === 'string') return parsed
  const { body, data = '{}' } = parsed
  const { layout = LAYOUT, name = properties.type, opts = {}, timestamp = Date.now() } = body
  if (layout !== LAYOUT) return describeLayout(layout)
  if (body.dataOmitted) return 'its data are omitted, and there is no record that has them'
  if (typeof name !== 'string' || name === '') return 'it names no job: "name" in its body, or its type'
  if (!isInteger(timestamp, 0)) return 'its "timestamp" is no integer'
  if (!isRecord(opts)) return 'its "opts" is no object'
  if (!isWritable(opts)) return 'its "opts" are nested too deeply'
  for (const [option, value] of Object.entries(opts)) {
    const fault = unrecordedOptionFault(option, value)
    if (fault !== undefined) return `its option "${option}" ${fault}`
  }
  const { backoff } = opts
  if (typeof backoff === 'number') opts.backoff = { type: 'fixed', delay: backoff }
  return { name, data, opts, timestamp }
}

/** What is wrong with an option of such a job, as the end of a sentence. */
export function unrecordedOptionFault(option: string, value: unknown): string | undefined {
  const rule = Object.hasOwn(rules, option) ? rules[option] : undefined
  if (!rule) return `is none of ${Object.keys(rules).join(', ')}`
  return rule.fits(value) ? undefined : `is not ${rule.wanted}`
}

/** What is wrong with the id of such a job, as the end of a sentence, by BullMQ's rules for custom ids: it counts in numbers itself, and separates the
 *  parts of its keys by colons. The empty id is for the worker to replace. */
export function unrecordedIdFault(id: string): string | undefined {
  if (/^\d+$/.test(id)) return 'is a number'
  if (id.includes(':')) return 'has a colon'
  if (!isShort(id)) return `has more than ${MAX_SHORT_BYTES} bytes`
  return reservedIds.has(id) ? 'is the name of a key of the queue' : undefined
}

function integer(least: number, most = Number.MAX_SAFE_INTEGER): Rule {
  const wanted =
    most === Number.MAX_SAFE_INTEGER ? `an integer >= ${least}` : `an integer from ${least} to ${most}`
  return { fits: value => isInteger(value, least, most), wanted }
}

function isInteger(value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
}

function isBackoff(value: unknown): boolean {
  return (
    isInteger(value, 0) ||
    (isRecord(value) && typeof value.type === 'string' && isInteger(value.delay ?? 0, 0))
  )
}

function isKept(value: unknown): boolean {
  const { age, count } = isRecord(value) ? value : {}
  const isObject = isInteger(age ?? count, 0) && isInteger(count ?? age, 0)
  return typeof value === 'boolean' || isInteger(value, 0) || isObject
}

function isTelemetry(value: unknown): boolean {
  if (!isRecord(value)) return false
  const { metadata = '', omitContext = false } = value
  return typeof metadata === 'string' && typeof omitContext === 'boolean'
}
