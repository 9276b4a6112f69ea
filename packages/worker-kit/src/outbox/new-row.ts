import { unrecordedIdFault } from '../amqp/unrecorded-job.ts'
import type { ProducerJobOptions } from '../broker-producer/producer-queue.ts'
import { tracedOptions } from '../broker-producer/trace-add.ts'
import { expectedGot, findFaults, integer, type OptionRules } from '../check-options.ts'
import { WorkerKitError } from '../errors.ts'
import { checkedJob } from '../job/checked-job.ts'
import type { JobDefinition } from '../job/define-job.ts'
import { LONGEST_RETRY_DELAY_MS } from '../job/retry-policy.ts'
import { invalidOptions, writtenData } from '../job/wanted-job.ts'
import { refuseLargeBody } from '../producer/job-size.ts'
import { newJobId } from '../producer/new-job-id.ts'
import { carriedOptions, optionThatNeedsRecord } from '../producer/record-on.ts'
import type { NewRow } from './outbox-store.ts'

/** BullMQ's options of a job, but those that need its record in Redis. They override the definition's. */
export interface OutboxJobOptions extends ProducerJobOptions {
  /** How long the job stays in the table before it is published, in milliseconds. The database keeps the time, so it needs no
   *  record in Redis. Integer from 0 to 31,622,400,000, which is 366 days. @default 0 */
  delay?: number
}

/** Room for the rest of a message: its name, and its options. */
const MESSAGE_OVERHEAD_BYTES = 4_096

/** A job as a row: checked as a producer does it, so that a relay will not have to refuse it.
 *  @param metadata - of the trace in which the job is added
 *  @throws {WorkerKitError} `ERR_INVALID_PAYLOAD`, `ERR_INVALID_OPTIONS`, `ERR_NEEDS_RECORD`, `ERR_JOB_TOO_LARGE` */
export async function newRow<Input>(
  definition: JobDefinition<Input, unknown>,
  data: Input,
  { delay = 0, ...given }: OutboxJobOptions,
  { maxMessageBytes, metadata }: { maxMessageBytes: number; metadata: string | undefined },
): Promise<NewRow> {
  const { name, options } = await checkedJob(definition, data, given)
  const { jobId = newJobId() } = options
  const faults = findFaults({ jobId, delay }, rules)
  if (faults.length > 0) throw invalidOptions(name, faults.join('; '))
  const payload = writtenData(name, data)
  refuseLargeBody({ name, queue: name }, Buffer.byteLength(payload) + MESSAGE_OVERHEAD_BYTES, maxMessageBytes)
  const timestamp = options.timestamp || Date.now()
  const job = { name, data: payload, timestamp, opts: tracedOptions(options, metadata) }
  const obstacle = optionThatNeedsRecord(job)
  if (obstacle !== undefined)
    throw new WorkerKitError(
      'ERR_NEEDS_RECORD',
      `Job "${name}" was not added: its option "${obstacle}" needs the job's record in Redis, and a job of an outbox has none ` +
        'before it starts. Leave the option out.',
    )
  const carried = carriedOptions(job)
  return { jobId, queue: name, payload, options: JSON.stringify({ ...carried, timestamp }), delayMs: delay }
}

const rules: OptionRules = {
  jobId: id => {
    const fault = unrecordedIdFault(String(id))
    return fault === undefined
      ? undefined
      : `${expectedGot('an id that may be a message-id', id)}, which ${fault}`
  },
  delay: integer(0, LONGEST_RETRY_DELAY_MS),
}
