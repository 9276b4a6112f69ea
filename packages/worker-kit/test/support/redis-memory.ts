import type { Redis } from 'ioredis'

// In one script each: workers go on meanwhile, and a server is replaced at one moment, too.
const DELETE = `
for _, key in ipairs(redis.call("KEYS", ARGV[1])) do
  redis.call("DEL", key)
end`
const RESTORE = `${DELETE}
for i = 3, #ARGV, 3 do
  redis.call("RESTORE", ARGV[i], ARGV[i + 1], ARGV[i + 2], "ABSTTL")
end
redis.call("HSET", ARGV[2], "run", "of another server process")`
const DUMP = `
local dumps = {}
for _, key in ipairs(redis.call("KEYS", ARGV[1])) do
  dumps[#dumps + 1] = key
  -- 0 stands for a key that does not expire.
  dumps[#dumps + 1] = string.format("%.0f", math.max(0, redis.call("PEXPIRETIME", key)))
  dumps[#dumps + 1] = redis.call("DUMP", key)
end
return dumps`

/** What FLUSHALL does, to one queue. */
export async function forget(redis: Redis, qualifiedName: string): Promise<void> {
  await redis.eval(DELETE, 0, `${qualifiedName}:*`)
}

/** Remembers one queue as it is now; gives a function that brings that state back, as a server does that was
 *  replaced by one with an older snapshot. */
export async function snapshot(redis: Redis, qualifiedName: string): Promise<() => Promise<void>> {
  const pattern = `${qualifiedName}:*`
  const dumps = (await redis.callBuffer('EVAL', DUMP, 0, pattern)) as Buffer[]
  return async () => {
    await redis.eval(RESTORE, 0, pattern, `${qualifiedName}:clock`, ...dumps)
  }
}
