import type { RedisClient } from 'bullmq'

/** ioredis' command. BullMQ's own interface to clients lists all connections only, which is long where many work. */
interface ClientCommand {
  client(...args: string[]): Promise<string>
}

/** The id that Redis gave to this connection. `undefined` when it cannot be had: the user may not ask, the client is a cluster,
 *  or it is not ioredis. */
export function connectionId(client: RedisClient): Promise<string | undefined> {
  if (client.isCluster || !hasClientCommand(client)) return Promise.resolve(undefined)
  return unlessRefused(async () => String(await client.client('ID')))
}

/** Which of some connections Redis does not have; `undefined` when that cannot be said.
 *  @param ownId - of this connection. Redis has to show it, or another server has answered than the one that gave it. */
export function absentConnections(
  client: RedisClient,
  ownId: string,
  ids: string[],
): Promise<Set<string> | undefined> {
  if (!hasClientCommand(client)) return Promise.resolve(undefined)
  return unlessRefused(async () => {
    const list = await client.client('LIST', 'ID', ownId, ...ids)
    const present = new Set([...list.matchAll(/^id=(\d+) /gm)].map(match => match[1]))
    return present.has(ownId) ? new Set(ids.filter(id => !present.has(id))) : undefined
  })
}

function hasClientCommand(client: RedisClient): client is RedisClient & ClientCommand {
  return 'client' in client
}

/** `undefined` when Redis answers with an error: the command is forbidden, renamed or unknown. */
async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if ((error as Error).name === 'ReplyError') return undefined
    throw error
  }
}
