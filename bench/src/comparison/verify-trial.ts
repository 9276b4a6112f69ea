import { setTimeout as delay } from 'node:timers/promises'
import { isClean, reportLedgers } from '../ledger.ts'
import type { Stage } from './stage.ts'

/** The broker counts the last acknowledgements a moment after it got them. */
const settleWithinMs = 10_000
const pauseMs = 50

/** Closes the worker and checks, by the worker's ledger and by the servers, that every job ran exactly once.
 *  @throws {Error} that says what is wrong */
export async function verifyTrial({ contestant, producer, worker }: Stage, jobs: number): Promise<void> {
  const report = reportLedgers([await worker.call('close')])
  if (report.expected !== jobs || !isClean(report))
    throw new Error(`${contestant.title}: not every job ran exactly once: ${JSON.stringify(report)}`)
  const deadline = performance.now() + settleWithinMs
  for (;;) {
    const states = await producer.call('inspect')
    const isSettled = states.every(
      ({ completed = jobs, unfinished, messages }) =>
        completed === jobs && unfinished === 0 && messages === 0,
    )
    if (isSettled) return
    if (performance.now() > deadline)
      throw new Error(`${contestant.title}: after ${jobs} jobs the servers say ${JSON.stringify(states)}`)
    await delay(pauseMs)
  }
}
