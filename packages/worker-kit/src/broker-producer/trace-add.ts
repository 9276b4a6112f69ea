import type { JobsOptions, SpanKind, Telemetry } from 'bullmq'

/** OpenTelemetry's and BullMQ's number for the span of a producer. */
const PRODUCER = 3 as SpanKind

export interface AddOperation {
  operation: 'add' | 'addBulk'
  queue: string
  /** As BullMQ names the span's object: queue and job. */
  destination: string
}

/** Runs an add in a span of its own, as BullMQ's `Queue` does.
 *  @param add - is given what the job carries to its worker, so that both belong to one trace; `undefined` without telemetry */
export async function traceAdd<T>(
  telemetry: Telemetry | undefined,
  { operation, queue, destination }: AddOperation,
  add: (metadata: string | undefined) => Promise<T>,
): Promise<T> {
  if (!telemetry) return add(undefined)
  const { tracer, contextManager } = telemetry
  const span = tracer.startSpan(`${operation} ${destination}`, { kind: PRODUCER })
  span.setAttributes({ 'bullmq.queue.name': queue, 'bullmq.queue.operation': operation })
  const context = span.setSpanOnContext(contextManager.active())
  try {
    return await contextManager.with(context, () => add(contextManager.getMetadata(context)))
  } catch (error) {
    span.recordException(error as Error)
    throw error
  } finally {
    span.end()
  }
}

/** A job's options with the trace in which it is added, unless they have a trace of their own or want none.
 *  @param metadata - as `traceAdd` gives it */
export function tracedOptions(options: JobsOptions, metadata: string | undefined): JobsOptions {
  const { omitContext, metadata: own } = options.telemetry ?? {}
  return metadata === undefined || omitContext || own ? options : { ...options, telemetry: { metadata } }
}
