import { TimeLimitError, withTimeLimit } from '@jackalope/service-kit'
import type { Kit } from '@jackalope/worker-kit'
import type { JobDefinition } from '@jackalope/worker-kit/job'
import type { OutboxRow } from './outbox-store.ts'
import type { Publication } from './relay.ts'

/** Longest wait for Redis and the broker, in milliseconds. */
const publishTimeoutMs = 15_000

/** Adds the jobs of outbox rows by worker-kit.
 *  @param definitions - of all jobs that rows may hold */
export function publishJobs(
  kit: Pick<Kit, 'queue'>,
  definitions: readonly Pick<JobDefinition, 'name'>[],
): (row: OutboxRow) => Promise<Publication> {
  return async ({ id, queue, jobName, payload }) => {
    const definition = definitions.find(({ name }) => name === jobName && name === queue)
    if (!definition) return { failed: new Error(`No job ${jobName} of a queue ${queue} is known`) }
    const add = () => kit.queue(definition as JobDefinition).add(payload, { jobId: id })
    try {
      await withTimeLimit(publishTimeoutMs, 'The job was not added', add)
      return 'added'
    } catch (error) {
      return judge(error as Error & { code?: string })
    }
  }
}

function judge(error: Error & { code?: string }): Publication {
  // The job is recorded in Redis; a worker publishes its message when the broker is back.
  if (error.code === 'ERR_PUBLISH_UNCONFIRMED') return 'added'
  const isAway = error instanceof TimeLimitError || awayCodes.includes(error.code ?? '')
  return isAway ? { away: error } : { failed: error }
}

const awayCodes = ['ERR_NOT_RECORDED', 'ERR_CLOSED', 'ERR_CONNECT']
