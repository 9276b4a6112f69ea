import type { DeadLetter } from '../../dead-letters/dead-letter.ts'
import { attemptsOf } from '../../job/job-options.ts'
import type { Command } from '../command.ts'
import { readCount } from '../parse-command-line.ts'
import { formatTable, showLines, showText } from '../table.ts'
import { CommandError } from '../usage-error.ts'

export const dead: Command = {
  options: ['limit', 'offset'],
  operands: [1, 2],
  async run({ connections, queueName, ids, options, width }) {
    const deadLetters = await connections.deadLetters(queueName)
    const [id] = ids
    if (id !== undefined) {
      const letters = (await deadLetters?.get(id)) ?? []
      if (letters.length === 0)
        throw new CommandError('ERR_NOT_FOUND', `queue "${queueName}" has no dead letter "${id}"`)
      return { items: letters.map(asItem), total: letters.length, text: letters.map(describe).join('\n\n') }
    }
    const limit = readCount('limit', options.limit, 50)
    const offset = readCount('offset', options.offset, 0)
    const { letters, total } = (await deadLetters?.list({ limit, offset })) ?? { letters: [], total: 0 }
    const table = formatTable(
      ['ID', 'NAME', 'STATUS', 'DEAD SINCE (UTC)', 'ATTEMPTS', 'REASON'],
      letters.map(asRow),
      width,
    )
    return {
      items: letters.map(asItem),
      total,
      text:
        total === 0 ? `Queue "${queueName}" has no dead letters.` : `${table}\n${letters.length} of ${total}`,
    }
  },
}

function asRow(letter: DeadLetter): unknown[] {
  if (letter.kind === 'malformed')
    return [letter.id, undefined, 'malformed', letter.at, undefined, letter.reason]
  const { id, name, status, failure } = letter
  return [id, name, status, failure.at, failure.attemptsMade, failure.reason]
}

function asItem(letter: DeadLetter): object {
  return letter.kind === 'malformed' ? { ...letter, status: 'malformed' } : letter
}

function describe(letter: DeadLetter): string {
  if (letter.kind === 'malformed') {
    const { id, at, properties, body } = letter
    const lines = [`${id}  malformed: ${showText(letter.reason)}`, `dead since  ${showText(at)}`]
    return [...lines, `properties  ${JSON.stringify(properties)}`, '', showLines(body.toString())].join('\n')
  }
  const { id, name, status, job, stamp, addedAt, failure, data, opts, copies } = letter
  const facts = [
    ['status', `${status} (its job: ${job})`],
    ['error', failure.reason],
    [
      'attempts',
      `${failure.attemptsMade} of ${attemptsOf(opts)}; started ${failure.starts}, stalled ${failure.stalls} times`,
    ],
    ['added', addedAt],
    ['started', failure.startedAt],
    ['dead since', failure.at],
    ['worker', failure.worker],
    ['stamp', stamp],
    ['copies', copies],
    ['data', JSON.stringify(data)],
    ['options', JSON.stringify(opts)],
  ]
  const lines = facts.map(([title, value]) => `${String(title).padEnd(12)}${showText(value)}`)
  return [
    `${showText(id)}  ${showText(name)}`,
    ...lines,
    ...failure.stacktraces.map(trace => `\n${showLines(trace)}`),
  ].join('\n')
}
