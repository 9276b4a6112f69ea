import type { Command } from '../command.ts'

/** Pauses or resumes a queue, for all its workers. */
function switchQueue(paused: boolean): Command {
  return {
    options: [],
    operands: [1, 1],
    async run({ connections, queueName }) {
      const queue = await connections.queue(queueName)
      await (paused ? queue.pause() : queue.resume())
      const text = paused
        ? `Queue "${queueName}" is paused: running jobs end, no others start`
        : `Queue "${queueName}" goes on`
      return { items: [{ name: queueName, paused }], text }
    },
  }
}

export const pause = switchQueue(true)
export const resume = switchQueue(false)
