import type { Command } from '../command.ts'
import type { Surroundings } from '../surroundings.ts'
import { formatTable } from '../table.ts'

const states = ['waiting', 'prioritized', 'active', 'delayed', 'failed', 'completed'] as const

export const queues: Command = {
  options: [],
  operands: [0, 0],
  async run({ surroundings, width }) {
    const items = await Promise.all(
      (await surroundings.queueNames()).map(name => describe(name, surroundings)),
    )
    const headings = ['QUEUE', ...states.map(state => state.toUpperCase()), 'DEAD', 'PAUSED']
    const rows = items.map(item => [
      ...[item.name, ...states.map(state => item[state]), item.dead],
      item.paused ? 'yes' : 'no',
    ])
    const none = `No queues under the prefix "${surroundings.prefix}".`
    return { items, total: items.length, text: items.length > 0 ? formatTable(headings, rows, width) : none }
  },
}

async function describe(name: string, surroundings: Surroundings) {
  const queue = await surroundings.queue(name)
  const counts = (await queue.getJobCounts(...states)) as Record<(typeof states)[number], number>
  return {
    name,
    ...counts,
    dead: await queue.getBackend().deadLetters.count(),
    paused: await queue.isPaused(),
  }
}
