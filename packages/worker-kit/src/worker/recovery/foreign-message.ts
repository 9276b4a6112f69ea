import type { MessageProperties } from 'amqplib'
import { describeLayout, isRecord, type JobBody, parseBody } from '../../amqp/job-body.ts'
import { LAYOUT, MAX_BODY_BYTES } from '../../amqp/message.ts'

/** Job options that a foreign producer may set, and what each must be. */
const options: Record<string, Rule> = {
  attempts: integer(1),
  backoff: { fits: isBackoff, wanted: 'milliseconds, or an object with "type" and "delay"' },
  delay: integer(0),
  priority: integer(0, 2_097_152),
  removeOnComplete: { fits: isKept, wanted: 'true, false, a count, or an object with "age" or "count"' },
  removeOnFail: { fits: isKept, wanted: 'true, false, a count, or an object with "age" or "count"' },
  keepLogs: integer(0),
  stackTraceLimit: integer(0),
}

interface Rule {
  fits: (value: unknown) => boolean
  wanted: string
}

/** Reads a job that a producer without worker-kit has published (`docs/message-format.md`).
 *  @returns the job, or a text that says what is wrong with the message */
export function decodeForeignMessage(
  id: string,
  content: Buffer,
  properties: MessageProperties,
): JobBody | string {
  if (content.length > MAX_BODY_BYTES) return `its body is larger than ${MAX_BODY_BYTES} bytes`
  // BullMQ's rules for custom ids: it counts in numbers itself, and separates the parts of its keys by colons.
  if (/^\d+$/.test(id)) return `its message-id "${id}" is a number`
  if (id.includes(':')) return `its message-id "${id}" has a colon`
  const body = parseBody(content)
  if (typeof body === 'string') return body
  const { layout = LAYOUT, name = properties.type, data = {}, opts = {}, timestamp = Date.now() } = body
  if (layout !== LAYOUT) return describeLayout(layout)
  if (typeof name !== 'string' || name === '') return 'it names no job: "name" in its body, or its type'
  if (!isInteger(timestamp, 0)) return 'its "timestamp" is no integer'
  if (!isRecord(opts)) return 'its "opts" is no object'
  for (const [option, value] of Object.entries(opts)) {
    const rule = Object.hasOwn(options, option) ? options[option] : undefined
    if (!rule) return `its option "${option}" is none of ${Object.keys(options).join(', ')}`
    if (!rule.fits(value)) return `its option "${option}" is not ${rule.wanted}`
  }
  const { backoff } = opts
  if (typeof backoff === 'number') opts.backoff = { type: 'fixed', delay: backoff }
  return { name, data: JSON.stringify(data), opts, timestamp }
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
