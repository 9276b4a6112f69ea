import { withTimeLimit } from '@jackalope/service-kit'
import { type RetryPolicy, retryDelayMs } from '@jackalope/worker-kit/job'
import type { Logger } from 'pino'
import { isFaultOfOurs } from '../job/fault-of-ours.ts'
import type { PausableWorker } from '../job/intake.ts'

/** What a converter needs to work.
 *  @throws an error that says what is missing */
export type FitnessCheck = () => Promise<void>

export interface FitnessOptions {
  /** What is looked at every few seconds. */
  checks: readonly FitnessCheck[]
  /** What is looked at only after a fault, since it costs something. */
  thoroughChecks: readonly FitnessCheck[]
  worker: PausableWorker
  logger: Logger
  /** Ends the watch. */
  signal: AbortSignal
  /** How often to look, in milliseconds. @default 5_000 */
  intervalMs?: number
}

/** Whether this converter can work. One that cannot takes no jobs: it would fail each at once, and so get more of them than
 *  those that are well. */
export interface Fitness {
  /** Looks now, since a job has met a fault of ours. If nothing is found, the converter rests for a while. */
  suspect(error: unknown): void
  /** A job has met no fault. */
  prove(): void
  /** Rejects with the fault while the converter takes no jobs. */
  check(): Promise<void>
}

/** Rests of a converter that seems well, while its jobs meet faults of ours: a video may be too large for its disk. */
const rests: RetryPolicy = { type: 'exponential', delayMs: 2_000, maxDelayMs: 60_000, jitter: 0.5 }

/** Longest wait for the worker, in milliseconds: the broker may be away. Then it is tried again. */
const switchMs = 15_000

export function watchFitness(options: FitnessOptions): Fitness {
  const { checks, thoroughChecks, worker, logger, signal, intervalMs = 5_000 } = options
  let fault: unknown
  let faultsInARow = 0
  let restsUntil = 0
  let looking: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  function look(isThorough: boolean): Promise<void> {
    clearTimeout(timer)
    looking = (looking ?? Promise.resolve()).then(() => lookOnce(isThorough)).catch(report)
    return looking
  }

  async function lookOnce(isThorough: boolean): Promise<void> {
    if (signal.aborted) return
    const all = isThorough || fault !== undefined ? [...checks, ...thoroughChecks] : checks
    const found = await firstFault(all)
    if (signal.aborted) return
    if (found !== undefined) await stop(found)
    else if (Date.now() >= restsUntil) await goOn()
    clearTimeout(timer)
    const restMs = restsUntil - Date.now()
    timer = setTimeout(() => void look(false), restMs > 0 ? Math.min(restMs, intervalMs) : intervalMs).unref()
  }

  async function stop(found: unknown): Promise<void> {
    if (fault === undefined) logger.warn({ err: found }, 'takes no jobs: the converter cannot work')
    fault = found
    await withTimeLimit(switchMs, 'The worker did not stop taking jobs', () => worker.pause())
  }

  async function goOn(): Promise<void> {
    if (fault === undefined) return
    await withTimeLimit(switchMs, 'The worker did not take jobs again', () => worker.resume())
    fault = undefined
    logger.info('takes jobs again')
  }

  function report(err: unknown): void {
    logger.warn({ err }, 'could not look whether the converter can work')
    timer = setTimeout(() => void look(false), intervalMs).unref()
  }

  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  void look(true)
  return {
    suspect(error) {
      if (!isFaultOfOurs(error)) return
      faultsInARow += 1
      restsUntil = Date.now() + retryDelayMs(rests, Math.min(faultsInARow, 20))
      looking = (looking ?? Promise.resolve())
        .then(() => (signal.aborted ? undefined : stop(error)))
        .catch(report)
      void look(true)
    },
    prove() {
      faultsInARow = 0
    },
    async check() {
      if (fault !== undefined) throw fault
    },
  }
}

async function firstFault(checks: readonly FitnessCheck[]): Promise<unknown> {
  for (const check of checks) {
    try {
      await check()
    } catch (error) {
      return error ?? new Error('a check failed')
    }
  }
  return undefined
}
