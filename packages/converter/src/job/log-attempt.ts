import { attemptEnded, attemptStarted, explained, type ToldFailure } from '@jackalope/contracts'
import { isCancellation } from '@jackalope/worker-kit'
import { ConverterError } from '../converter-error.ts'

/** Writes the start and the end of an attempt into the job's log, where the gateway reads them for the job's owner. */
export interface AttemptLog {
  succeeded(): Promise<void>
  /** @param error - a permanent error of the converter, or a cancellation, is told in its own words */
  failed(error: unknown): Promise<void>
}

/** @param job - A line that cannot be written is left out: the job must not fail for it */
export function logAttempt({
  attempt,
  log,
}: {
  attempt: number
  log: (line: string) => Promise<void>
}): AttemptLog {
  // In order, and none before the start was tried.
  let last = log(attemptStarted(attempt)).catch(() => {})
  const write = (line: string) => {
    last = last.then(() => log(line)).catch(() => {})
    return last
  }
  return {
    succeeded: () => write(attemptEnded(attempt)),
    failed: error => write(attemptEnded(attempt, inWordsForTheOwner(error))),
  }
}

function inWordsForTheOwner(error: unknown): ToldFailure {
  if (isCancellation(error)) return { text: error.message }
  if (!(error instanceof ConverterError) || !error.isPermanent) return explained('reason-of-ours', {})
  return { text: error.message, explanation: error.explanation }
}
