import { LAYOUT } from './message.ts'

/** The job that a message of ours carries. */
export interface JobBody {
  readonly name: string
  /** JSON. */
  readonly data: string
  readonly opts: Record<string, unknown>
  /** When it was added, in epoch milliseconds. */
  readonly timestamp: number
  readonly parentKey?: string
  readonly parent?: object
  readonly repeatJobKey?: string
  readonly deduplicationId?: string
  readonly attemptsMade?: number
}

/** Reads the job from a message's body.
 *  @returns a text that says what is wrong with a malformed body */
export function decodeJob(content: Buffer): JobBody | string {
  const body = parseBody(content)
  if (typeof body === 'string') return body
  const { layout, name, data, opts, timestamp } = body
  if (layout !== LAYOUT) return describeLayout(layout)
  if (typeof name !== 'string') return 'its job has no name'
  if (!isRecord(opts)) return 'its job has no options'
  if (typeof timestamp !== 'number') return 'its job has no timestamp'
  if (body.dataOmitted) return 'its job is too large for a message, and Redis has lost the data'
  if (!isWritable(body)) return TOO_DEEP
  return { ...body, name, opts, timestamp, data: JSON.stringify(data ?? {}) }
}

/** Reads a body, and the text of its `data`: as it stands there, if the data come last, as our producers write them.
 *  @returns a text that says what is wrong with a malformed body */
export function parseBodyAndData(
  content: Buffer,
): { body: Record<string, unknown>; data: string | undefined } | string {
  const text = content.toString()
  const split = splitAtData(text)
  if (split) return split
  const body = parseBody(text)
  if (typeof body === 'string') return body
  return isWritable(body) ? { body, data: JSON.stringify(body.data) } : TOO_DEEP
}

const TOO_DEEP = 'its body is nested too deeply'

/** Whether a value that was read from JSON can be written as JSON again: V8 writes by recursion, and reads without. */
export function isWritable(value: unknown): boolean {
  try {
    JSON.stringify(value)
    return true
  } catch {
    return false
  }
}

/** Only a key can read like this: within a text the quotes are escaped. */
const DATA_KEY = ',"data":'

/** Data of 10 KB cost more to write anew than to check. What is no JSON on both sides of the key is read in one piece. */
function splitAtData(text: string): { body: Record<string, unknown>; data: string } | undefined {
  const at = text.indexOf(DATA_KEY)
  if (at < 0 || !text.endsWith('}')) return undefined
  const data = text.slice(at + DATA_KEY.length, -1)
  try {
    JSON.parse(data)
    const body: unknown = JSON.parse(`${text.slice(0, at)}}`)
    return isRecord(body) ? { body, data } : undefined
  } catch {
    return undefined
  }
}

export function parseBody(content: Buffer | string): Record<string, unknown> | string {
  try {
    const body: unknown = JSON.parse(content.toString())
    return isRecord(body) ? body : 'its body is no JSON object'
  } catch (error) {
    return `its body is no JSON (${(error as Error).message})`
  }
}

export function describeLayout(layout: unknown): string {
  return `its layout is ${JSON.stringify(layout)}, this version reads ${LAYOUT}`
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
