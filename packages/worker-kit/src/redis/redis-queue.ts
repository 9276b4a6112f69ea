import type { KeysMap, RedisClient } from 'bullmq'

/** What every command runs on: one queue's keys, and a client that knows our commands. */
export interface RedisQueue {
  readonly keys: KeysMap
  client(): Promise<RedisClient>
}
