import type { FlowNode, JobAdder, JobEntry } from './add-jobs.ts'
import { allSettledOrThrow } from './publish-jobs.ts'
import { needsRecord, optionThatNeedsRecord, type RecordOn, recordOnOf } from './record-on.ts'
import type { PreparedJob, UnrecordedAdder } from './unrecorded-adder.ts'

export interface AddingOptions {
  /** Adds jobs that are recorded first. */
  recorded: JobAdder
  /** Adds jobs that are recorded at their start. */
  unrecorded: UnrecordedAdder
  /** For jobs whose options do not say when they are recorded. */
  recordOn: RecordOn
}

/** Adds jobs, each in the way that its option `recordOn` says. */
export class Adding {
  readonly #options: AddingOptions

  constructor(options: AddingOptions) {
    this.#options = options
  }

  async add(entry: JobEntry): Promise<string> {
    const { recorded, unrecorded } = this.#options
    if (this.#isRecordedFirst(entry)) return recorded.add(withoutRecordOn(entry))
    return (await this.#publish([unrecorded.prepare(entry.job, entry.jobId)]))[0] as string
  }

  /** @param recordAll - records jobs in one pipeline, in their order; gives BullMQ's replies */
  async addAll(
    entries: JobEntry[],
    recordAll: (entries: JobEntry[]) => Promise<unknown[]>,
  ): Promise<string[]> {
    const { recorded, unrecorded } = this.#options
    // All are checked before the first is added.
    const prepared = entries.map(entry =>
      this.#isRecordedFirst(entry) ? undefined : unrecorded.prepare(entry.job, entry.jobId),
    )
    const recordedFirst = entries.filter((_, i) => !prepared[i]).map(withoutRecordOn)
    const [ids = []] = await allSettledOrThrow([
      recordedFirst.length > 0
        ? recorded.addAll(recordedFirst, () => recordAll(recordedFirst))
        : Promise.resolve([]),
      this.#publish(prepared.filter(job => job !== undefined)),
    ])
    const recordedIds = ids.values()
    return prepared.map(job => job?.id ?? (recordedIds.next().value as string))
  }

  /** @param recordAll - records all jobs in one transaction; gives an error or BullMQ's reply for each */
  async addFlow(
    nodes: FlowNode[],
    recordAll: () => Promise<[Error | null, unknown][]>,
  ): Promise<[Error | null, string | number][]> {
    const { recorded, recordOn } = this.#options
    for (const { job } of nodes)
      if (recordOnOf(job, recordOn) === 'start') throw needsRecord(job.name, 'parent')
    return recorded.addFlow(nodes, recordAll)
  }

  /** Resolves when the broker has confirmed all that was being added.
   *  @param limitMs - or after that time, in milliseconds */
  async allAdded(limitMs: number): Promise<void> {
    const { recorded, unrecorded } = this.#options
    await Promise.all([recorded.allAdded(limitMs), unrecorded.allAdded(limitMs)])
  }

  async #publish(jobs: PreparedJob[]): Promise<string[]> {
    if (jobs.length === 0) return []
    return this.#options.unrecorded.publish(jobs)
  }

  #isRecordedFirst({ job }: JobEntry): boolean {
    const recordOn = recordOnOf(job, this.#options.recordOn)
    return recordOn === 'add' || (recordOn === 'auto' && optionThatNeedsRecord(job) !== undefined)
  }
}

/** The option is no one of BullMQ's, and is not recorded with the job. */
function withoutRecordOn(entry: JobEntry): JobEntry {
  if (!('recordOn' in entry.job.opts)) return entry
  const { recordOn: _, ...opts } = entry.job.opts as JobEntry['job']['opts'] & { recordOn?: RecordOn }
  return { ...entry, job: { ...entry.job, opts } }
}
