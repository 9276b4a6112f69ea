import { setTimeout as delay } from 'node:timers/promises'
import { isClean, reportLedgers } from '../ledger.ts'
import type { QueueState } from '../sides/side.ts'
import type { Stage } from './stage.ts'

/** The broker counts the last acknowledgements a moment after it got them. */
const settleWithinMs = 10_000
const pauseMs = 50

/** Closes the workers and checks, by their ledgers and by the servers, that every job ran exactly once.
 *  @throws {Error} that says what is wrong */
export async function verifyTrial({ contestant, producer, workers }: Stage, jobs: number): Promise<void> {
  const report = reportLedgers(await Promise.all(workers.map(worker => worker.call('close'))))
  if (report.expected !== jobs || !isClean(report))
    throw new Error(`${contestant.title}: not every job ran exactly once: ${JSON.stringify(report)}`)
  const deadline = performance.now() + settleWithinMs
  for (;;) {
    const states = await producer.call('inspect')
    if (isSettled(states, jobs)) return
    if (performance.now() > deadline)
      throw new Error(`${contestant.title}: after ${jobs} jobs the servers say ${JSON.stringify(states)}`)
    await delay(pauseMs)
  }
}

/** Whether all jobs are completed and nothing is left, over all queues together. */
function isSettled(states: QueueState[], jobs: number): boolean {
  const isEmpty = states.every(({ unfinished, messages }) => unfinished === 0 && messages === 0)
  const isRecorded = states.every(({ completed }) => completed !== undefined)
  const completed = states.reduce((sum, state) => sum + (state.completed ?? 0), 0)
  return isEmpty && (!isRecorded || completed === jobs)
}
