import type { JobJson, JobsOptions } from 'bullmq'
import { WorkerKitError } from '../errors.ts'
import type { MalformedMessage } from './dead-letter.ts'
import type { WrittenDeadLetter } from './dead-letter-message.ts'
import type { DeadLetterState } from './dead-letter-states.ts'

/** `retried`: Redis had the job as failed, and BullMQ retried it. `rebuilt`: Redis had no record, and the job was added
 *  again. `moved on`: the job needs no replay, and nothing was done. `refused`: the letter cannot be replayed. `failed`: an
 *  error ended the replay, and the letter is still there. */
export type ReplayOutcome = 'retried' | 'rebuilt' | 'moved on' | 'refused' | 'failed'

/** Outcome of the replay of one letter. */
export interface Replay {
  readonly id: string
  /** Missing for a malformed message. */
  readonly stamp?: string
  readonly outcome: ReplayOutcome
  /** Of `refused` and `failed`. */
  readonly error?: Error
}

export interface ReplayOptions {
  /** Whether a retried job has all its attempts again; else it has one, as after BullMQ's `job.retry()`. A rebuilt job has
   *  all of them in any case. @default false */
  resetAttempts?: boolean
}

export interface ReplayerOptions {
  /** BullMQ's retry; resolves when the broker has confirmed the job's new message. */
  retry: (job: Pick<WrittenDeadLetter, 'id' | 'opts'>, options: ReplayOptions) => Promise<void>
  /** Adds a job under its id; resolves when the broker has confirmed it. @returns whether the id was free. */
  rebuild: (job: JobJson) => Promise<boolean>
}

/** BullMQ's codes: the job is gone, is not in the state that was asked for. */
const MOVED_ON_CODES = [-1, -3]

/** Runs the jobs of dead letters again. */
export class Replayer {
  readonly #options: ReplayerOptions

  constructor(options: ReplayerOptions) {
    this.#options = options
  }

  /** Never rejects: an error of one letter must not end the replay of the others. */
  async replay(
    letter: WrittenDeadLetter | MalformedMessage,
    state: DeadLetterState | undefined,
    options: ReplayOptions,
  ): Promise<Replay> {
    if (letter.kind === 'malformed') {
      const error = notReplayable(letter.id, `it is no job: ${letter.reason}`)
      return { id: letter.id, outcome: 'refused', error }
    }
    const { id, stamp } = letter
    try {
      return { id, stamp, outcome: await this.#run(letter, state, options) }
    } catch (error) {
      const isRefused = (error as { code?: unknown }).code === 'ERR_NOT_REPLAYABLE'
      return { id, stamp, outcome: isRefused ? 'refused' : 'failed', error: error as Error }
    }
  }

  async #run(
    letter: WrittenDeadLetter,
    state: DeadLetterState | undefined,
    options: ReplayOptions,
  ): Promise<ReplayOutcome> {
    if (state?.status === 'failed') {
      try {
        await this.#options.retry(letter, options)
        return 'retried'
      } catch (error) {
        // Somebody else has retried or removed the job meanwhile.
        if (MOVED_ON_CODES.includes((error as { code?: number }).code ?? 0)) return 'moved on'
        throw error
      }
    }
    if (state?.status !== 'removed') return 'moved on'
    if (!letter.source)
      throw notReplayable(letter.id, 'its record is gone, and its data were too large for the letter')
    return (await this.#options.rebuild(asNewJob(letter, letter.source))) ? 'rebuilt' : 'moved on'
  }
}

function notReplayable(id: string, reason: string): WorkerKitError {
  const advice = 'Add what it should have been, and purge it.'
  return new WorkerKitError(
    'ERR_NOT_REPLAYABLE',
    `Dead letter ${id} cannot be replayed: ${reason}. ${advice}`,
  )
}

/** The job as it was added, but to run now: options that decided when or whether it ran the first time are left out. */
function asNewJob(
  { id, opts }: WrittenDeadLetter,
  source: NonNullable<WrittenDeadLetter['source']>,
): JobJson {
  const {
    delay: _delay,
    lifo: _lifo,
    repeat: _repeat,
    deduplication: _deduplication,
    debounce: _debounce,
    ...kept
  } = opts as JobsOptions & { debounce?: unknown; repeat?: unknown }
  return {
    id,
    name: source.name,
    data: source.data,
    opts: { ...kept, jobId: id },
    timestamp: Date.now(),
    parent: source.parent as JobJson['parent'],
    parentKey: source.parentKey,
    progress: 0,
    attemptsMade: 0,
    attemptsStarted: 0,
    stalledCounter: 0,
    failedReason: '',
    returnvalue: '',
  }
}
