import { Worker, type WorkerOptions } from 'bullmq'
import type { ServedWorker } from '../worker/attached-worker.ts'
import { guardProcessor } from './guard-processor.ts'

/** What a backend must know of the worker that it serves.
 *  @param caller - of the factory: the worker itself, or somebody who knows its options alone */
export function servedWorker(caller: unknown, { concurrency = 1 }: WorkerOptions): ServedWorker {
  if (!(caller instanceof Worker)) return { concurrency, isRunning: () => true, cancelJob: () => false }
  guardProcessor(caller)
  return {
    get concurrency() {
      return caller.concurrency
    },
    isRunning: () => caller.isRunning(),
    // BullMQ passes the reason on as it is; its type says text.
    cancelJob: (id, reason) => caller.cancelJob(id, reason as unknown as string),
    emitStalled: id => caller.emit('stalled', id, 'active'),
  }
}
