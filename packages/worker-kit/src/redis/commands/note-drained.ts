import { luaCommand } from '../command.ts'
import { keysOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'

const run = luaCommand('note-drained', 1)

/** Notes that the queue is drained: jobs that nobody has recorded, and that workers hold now, do not start. */
export async function noteDrained({ keys, client }: RedisQueue): Promise<void> {
  await run(await client(), keysOf(keys, ['clock']), [])
}
