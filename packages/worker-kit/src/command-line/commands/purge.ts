import type { DeadLetterSelection } from '../../dead-letters/dead-letter-selection.ts'
import type { Command, CommandContext } from '../command.ts'
import { readDurationMs } from '../parse-command-line.ts'
import type { CommandResult } from '../result.ts'
import { CommandError, UsageError } from '../usage-error.ts'

export const purge: Command = {
  options: ['all', 'replayed', 'older-than', 'yes'],
  operands: [1, 1_000],
  async run(context) {
    const { connections, queueName, options, confirm } = context
    const selection = readSelection(context)
    const deadLetters = await connections.deadLetters(queueName)
    if (!deadLetters) return deleted(0)
    if (selection === 'all' && !options.yes) {
      const question = `Delete all ${await deadLetters.count()} dead letters of queue "${queueName}" for good?`
      const answer = await confirm(question)
      if (answer === undefined)
        throw new CommandError(
          'ERR_NOT_CONFIRMED',
          'purge --all deletes all dead letters; add --yes to say that you mean it',
        )
      if (!answer) throw new CommandError('ERR_NOT_CONFIRMED', 'nothing was deleted')
    }
    return deleted(await deadLetters.purge(selection))
  },
}

function deleted(total: number): CommandResult {
  return { items: [], total, text: `${total} dead letters deleted` }
}

function readSelection({ ids, options }: CommandContext): DeadLetterSelection {
  const given: DeadLetterSelection[] = []
  if (ids.length > 0) given.push({ ids })
  if (options.all) given.push('all')
  if (options.replayed) given.push({ replayed: true })
  const age = options['older-than']
  if (age !== undefined) given.push({ before: new Date(Date.now() - readDurationMs('older-than', age)) })
  const [selection, ...others] = given
  if (!selection || others.length > 0)
    throw new UsageError('purge: give the ids of dead letters, or one of --older-than, --replayed, --all')
  return selection
}
