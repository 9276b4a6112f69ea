import type { KeysMap, RedisClient } from 'bullmq'

/** The queue that a command runs on. */
export interface RedisQueue {
  readonly keys: KeysMap
  /** The connection, to which our commands are known. */
  client(): Promise<RedisClient>
}
