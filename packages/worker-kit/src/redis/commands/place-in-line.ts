import { luaCommand } from '../command.ts'
import { keyOf } from '../queue-keys.ts'
import type { RedisQueue } from '../redis-queue.ts'

const run = luaCommand('place-in-line', 2)

/** Jobs that are looked at from each end of the line. */
const LIMIT = 10_000

/** Place of a waiting job, 1 for the next to start; `undefined` if it does not wait, or is far from both ends of the line. */
export async function placeInLine(queue: RedisQueue, id: string): Promise<number | undefined> {
  const place = await run(
    await queue.client(),
    [keyOf(queue.keys, 'wait'), keyOf(queue.keys, 'prioritized')],
    [id, LIMIT],
  )
  return Number(place) || undefined
}
