import type { RedisClient } from 'bullmq'

/** BullMQ's interface knows the list of all clients only, which is long where many work. */
interface ClientCommand {
  client(...args: string[]): Promise<string>
}

/** The id that Redis gave to this connection; `undefined` when it does not tell: its user may not ask, or each command
 *  may go to another node of a cluster. */
export function connectionId(client: RedisClient): Promise<string | undefined> {
  if (client.isCluster) return Promise.resolve(undefined)
  return unlessRefused(async () => String(await (client as unknown as ClientCommand).client('ID')))
}

/** Which of some connections Redis does not have; `undefined` when that cannot be said.
 *  @param ownId - has to be among those that it has, or the answer came from another server than the one that gave it. */
export function absentConnections(
  client: RedisClient,
  ownId: string,
  ids: string[],
): Promise<Set<string> | undefined> {
  return unlessRefused(async () => {
    const list = await (client as unknown as ClientCommand).client('LIST', 'ID', ownId, ...ids)
    const present = new Set([...list.matchAll(/^id=(\d+) /gm)].map(match => match[1]))
    return present.has(ownId) ? new Set(ids.filter(id => !present.has(id))) : undefined
  })
}

/** What is asked; `undefined` when Redis answers with an error: the command is forbidden, renamed or unknown. */
async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if ((error as Error).name === 'ReplyError') return undefined
    throw error
  }
}
