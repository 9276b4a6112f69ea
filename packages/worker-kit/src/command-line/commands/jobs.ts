import type { JobType } from 'bullmq'
import { attemptsOf } from '../../job/job-options.ts'
import type { Command } from '../command.ts'
import { readCount } from '../parse-command-line.ts'
import { formatTable } from '../table.ts'
import { UsageError } from '../usage-error.ts'

const states = [
  'waiting',
  'prioritized',
  'active',
  'delayed',
  'failed',
  'completed',
  'waiting-children',
] as const

export const jobs: Command = {
  options: ['state', 'limit', 'offset'],
  operands: [1, 1],
  async run({ connections, queueName, options, width }) {
    const wanted = states.filter(state => options.state === undefined || state === options.state)
    if (wanted.length === 0)
      throw new UsageError(`--state: expected one of ${states.join(', ')}, got "${options.state}"`)
    const limit = readCount('limit', options.limit, 20)
    const offset = readCount('offset', options.offset, 0)
    const queue = await connections.queue(queueName)
    const counts = await queue.getJobCounts(...wanted)
    const items: object[] = []
    const rows: unknown[][] = []
    let skipped = offset
    for (const state of wanted) {
      const count = counts[state] ?? 0
      const left = limit - items.length
      if (left > 0 && skipped < count)
        for (const job of await queue.getJobs([state as JobType], skipped, skipped + left - 1)) {
          if (!job) continue
          const { id, name, attemptsMade, failedReason, data, progress } = job
          const addedAt = new Date(job.timestamp)
          const attempts = attemptsOf(job.opts)
          items.push({ id, name, state, attemptsMade, attempts, addedAt, progress, failedReason, data })
          rows.push([id, name, state, `${attemptsMade}/${attempts}`, addedAt, failedReason])
        }
      skipped = Math.max(0, skipped - count)
    }
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    const table = formatTable(['ID', 'NAME', 'STATE', 'ATTEMPTS', 'ADDED (UTC)', 'ERROR'], rows, width)
    return { items, total, text: `${table}\n${items.length} of ${total}` }
  },
}
