import { setTimeout as delay } from 'node:timers/promises'
import { nowMicros } from '../clock.ts'
import { Ledger } from '../ledger.ts'
import { openWorker } from '../sides/open.ts'
import type { Access, JobData, WorkerHandlers, WorkerSide } from '../sides/side.ts'
import { profiled } from './profile.ts'
import { serveCalls } from './serve-calls.ts'

export interface WorkerPlan {
  queues: string[]
  concurrency: number
  /** Jobs that will be added, to all queues together. */
  jobs: number
  /** Whether the times of every run are kept. @default false */
  keepRuns?: boolean
}

export interface WorkerProgress {
  done: number
  /** When the first job started and the latest one was done, in microseconds of the monotonic clock. */
  firstStartAt?: number
  lastDoneAt?: number
}

/** When one job was added, started and done, in microseconds of the monotonic clock. */
export interface Run {
  seq: number
  addedAt: number
  startedAt: number
  endedAt: number
}

export interface WorkerOutcome {
  runs: Uint8Array
  strangers: number
}

let sides: WorkerSide[] = []
let ledger = new Ledger(0)
let progress: WorkerProgress = { done: 0 }
let times: Run[] = []
let failure: Error | undefined

const calls = {
  async open(access: Access, plan: WorkerPlan): Promise<void> {
    ledger = new Ledger(plan.jobs)
    progress = { done: 0 }
    times = []
    failure = undefined
    const handlers = handlersFor(plan)
    sides = await Promise.all(plan.queues.map(queue => openWorker(access, queue, plan.concurrency, handlers)))
  },

  async run(): Promise<void> {
    await Promise.all(sides.map(side => side.run()))
  },

  /** @throws {Error} the first error of a worker */
  async progress(): Promise<WorkerProgress> {
    if (failure) throw failure
    return progress
  },

  /** Runs, with a CPU profile from now until that many jobs are done here, or no further one is for a second. */
  async runProfiled(jobs: number, file: string): Promise<void> {
    await profiled(file, async () => {
      await calls.run()
      const isOver = () => progress.done > 0 && nowMicros() - (progress.lastDoneAt ?? 0) > 1_000_000
      while (progress.done < jobs && !failure && !isOver()) await delay(5)
    })
  },

  /** Processor time that this process has used, in microseconds. */
  async cpuMicros(): Promise<number> {
    const { user, system } = process.cpuUsage()
    return user + system
  },

  async close(): Promise<WorkerOutcome> {
    const closed = sides
    sides = []
    await Promise.all(closed.map(side => side.close()))
    return { runs: ledger.runs(), strangers: ledger.strangers }
  },

  /** Every run so far, if they are kept. */
  async times(): Promise<Run[]> {
    return times
  },
}

export type WorkerCalls = typeof calls

function handlersFor({ keepRuns = false }: WorkerPlan): WorkerHandlers {
  return {
    async handle({ seq, addedAt, workMs }: JobData) {
      const startedAt = nowMicros()
      progress.firstStartAt ??= startedAt
      ledger.note(seq)
      if (workMs > 0) await delay(workMs)
      if (keepRuns) times.push({ seq, addedAt, startedAt, endedAt: nowMicros() })
    },
    onDone() {
      progress.done += 1
      progress.lastDoneAt = nowMicros()
    },
    onError(error) {
      failure ??= error
    },
  }
}

serveCalls(calls)
