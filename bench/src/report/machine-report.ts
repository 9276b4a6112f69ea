import type { Machine } from '../machine.ts'

export interface RunFacts {
  machine: Machine
  loadAfter: number
  plan: { rounds: number; nodes: number }
}

/** When, where and with what a run was made, in a few lines. */
export function renderMachine({ machine, loadAfter, plan }: RunFacts): string {
  const { date, system, processor, cores, memoryGiB, fsyncMs, loadBefore } = machine
  return [
    `${date} UTC, ${plan.rounds} rounds`,
    `${processor}, ${cores} cores, ${memoryGiB} GiB, ${system}; syncing 4 KiB takes ${fsyncMs.toFixed(2)} ms`,
    `Node.js ${machine.node}, BullMQ ${machine.bullmq}, Redis ${machine.redis}, RabbitMQ ${machine.rabbitmq}${plan.nodes > 1 ? ` (${plan.nodes} nodes)` : ''}`,
    `load before ${loadBefore.toFixed(1)}, after ${loadAfter.toFixed(1)}`,
  ].join('\n')
}
