import type { RedisConnection } from '@jackalope/service-kit'
import { type Census, census } from './census.ts'

/** How long a count is shown that no other has followed, in seconds. */
const keptSeconds = 30 * 86_400

/** Where the gateways keep what was counted last. */
export interface CensusMemory {
  /** @throws {HttpProblem} 503 */
  remember(census: Census): Promise<void>
  /** `undefined` if nothing was counted yet, Redis has lost it, or a later version wrote it.
   *  @throws {HttpProblem} 503 */
  recall(): Promise<Census | undefined>
}

export function createCensusMemory({
  redis,
  prefix = 'jackalope',
}: {
  redis: Pick<RedisConnection, 'run'>
  /** Prefix of the key, for tests. @default jackalope */
  prefix?: string
}): CensusMemory {
  const key = `${prefix}:census`
  const what = 'The memory of what the upkeep counted'
  return {
    async remember(counted) {
      await redis.run(what, client => client.set(key, JSON.stringify(counted), 'EX', keptSeconds))
    },
    async recall() {
      const text = await redis.run(what, client => client.get(key))
      const read = text === null ? undefined : census.safeParse(JSON.parse(text))
      return read?.data
    },
  }
}
