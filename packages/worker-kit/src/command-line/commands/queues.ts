import type { Command } from '../command.ts'
import type { Connections } from '../connections.ts'
import { formatTable } from '../table.ts'

const states = ['waiting', 'prioritized', 'active', 'delayed', 'failed', 'completed'] as const

export const queues: Command = {
  options: [],
  operands: [0, 0],
  async run({ connections, width }) {
    const items = await Promise.all((await connections.queueNames()).map(name => describe(name, connections)))
    const headings = ['QUEUE', ...states.map(state => state.toUpperCase()), 'DEAD', 'PAUSED']
    const rows = items.map(item => [
      ...[item.name, ...states.map(state => item[state]), item.dead],
      item.paused ? 'yes' : 'no',
    ])
    const none = `No queues under the prefix "${connections.prefix}".`
    return { items, total: items.length, text: items.length > 0 ? formatTable(headings, rows, width) : none }
  },
}

async function describe(name: string, connections: Connections) {
  const queue = await connections.queue(name)
  const counts = (await queue.getJobCounts(...states)) as Record<(typeof states)[number], number>
  return {
    name,
    ...counts,
    // JSON has no undefined: null says that the broker has no dead-letter queue.
    dead: (await (await connections.deadLetters(name))?.count()) ?? null,
    paused: await queue.isPaused(),
  }
}
