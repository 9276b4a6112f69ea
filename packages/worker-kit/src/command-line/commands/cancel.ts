import type { Queue } from 'bullmq'
import { type CancelOutcome, cancelJob } from '../../cancel/cancel-job.ts'
import type { Command } from '../command.ts'
import { formatTable } from '../table.ts'
import { CommandError } from '../usage-error.ts'

const meanings: Record<CancelOutcome, string> = {
  canceled: 'it had not started, and has failed',
  requested: 'it is told to end, and fails then',
  finished: 'it had ended before; nothing was done',
  unknown: 'there is no such job',
}

export const cancel: Command = {
  options: ['reason'],
  operands: [2, 1_000],
  async run({ connections, queueName, ids, options, width }) {
    // The failure of a job needs a place for its dead letter, and only the queue's users know how to declare one.
    if (!(await connections.deadLetters(queueName)))
      throw new CommandError(
        'ERR_NO_DEAD_LETTER_QUEUE',
        `queue "${queueName}" has no dead-letter queue on the broker, and a canceled job becomes a dead letter; ` +
          'start a worker of the queue first, or remove the job from a dashboard',
      )
    const queue = (await connections.queue(queueName)) as unknown as Queue
    const items: { id: string; outcome: CancelOutcome }[] = []
    for (const id of ids) {
      const outcome = await cancelJob(queue, id, options.reason as string | undefined)
      items.push({ id, outcome })
    }
    const missing = items.filter(({ outcome }) => outcome === 'unknown')
    const rows = items.map(({ id, outcome }) => [id, outcome, meanings[outcome]])
    const complaints = missing.map(({ id }) => `queue "${queueName}" has no job "${id}"`)
    return {
      items,
      total: items.length,
      text: formatTable(['ID', 'OUTCOME', ''], rows, width),
      error: complaints.length > 0 ? new CommandError('ERR_INCOMPLETE', complaints.join('; ')) : undefined,
    }
  },
}
