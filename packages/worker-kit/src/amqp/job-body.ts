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
  return { ...body, name, opts, timestamp, data: JSON.stringify(data ?? {}) }
}

export function parseBody(content: Buffer): Record<string, unknown> | string {
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
