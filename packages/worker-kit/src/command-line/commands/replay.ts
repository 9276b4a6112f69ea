import type { Command } from '../command.ts'
import { formatTable } from '../table.ts'
import { CommandError, UsageError } from '../usage-error.ts'

export const replay: Command = {
  options: ['all', 'reset-attempts'],
  operands: [1, 1_000],
  async run({ connections, queueName, ids, options, width }) {
    if (ids.length > 0 === (options.all === true))
      throw new UsageError('replay: give the ids of jobs, or --all')
    const deadLetters = await connections.deadLetters(queueName)
    const selection = options.all ? 'all' : { ids }
    const resetAttempts = options['reset-attempts'] === true
    const replays = (await deadLetters?.replay(selection, { resetAttempts })) ?? []
    const missing = ids.filter(id => !replays.some(done => done.id === id))
    const undone = replays.filter(({ outcome }) => outcome === 'refused' || outcome === 'failed')
    const rows = replays.map(({ id, outcome, error }) => [id, outcome, error?.message])
    const done = replays.filter(({ outcome }) => outcome === 'retried' || outcome === 'rebuilt').length
    const complaints = [
      ...missing.map(id => `queue "${queueName}" has no dead letter "${id}"`),
      ...undone.map(({ id, error }) => error?.message ?? `${id} was not replayed`),
    ]
    return {
      items: replays,
      total: replays.length,
      text: `${formatTable(['ID', 'OUTCOME', 'ERROR'], rows, width)}\n${done} replayed`,
      error: complaints.length > 0 ? new CommandError('ERR_INCOMPLETE', complaints.join('; ')) : undefined,
    }
  },
}
