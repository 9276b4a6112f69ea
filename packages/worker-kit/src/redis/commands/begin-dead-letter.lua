--[[
  Reads a job that is about to fail for good, for its dead letter (R9). The letter is written before the failure is recorded.
  The field `dead` of the job becomes the stamp of the letter. A failed job's `dead` tells its last letter from earlier ones.
  A caller that does not hold the job's lock gets nothing to write. Its lock is renewed: BullMQ has renewed it for the last time.

  KEYS
    1  hash of the job
    2  lock of the job
    3  clock
    4  moved-on
  ARGV
    1  lock token of the caller; "0" asks for no lock
    2  how long a lock lasts, in milliseconds
  Result  { hash, stamp }, or {} if the job is gone or is not the caller's
]]
--- @include "includes/stamping"

local isOwner = ARGV[1] == "0" or redis.call("GET", KEYS[2]) == ARGV[1]
if not isOwner or redis.call("EXISTS", KEYS[1]) == 0 then
  return {}
end
if ARGV[1] ~= "0" then
  redis.call("PEXPIRE", KEYS[2], ARGV[2])
end
local stamp = stampJob(KEYS[1], KEYS[3], KEYS[4])
redis.call("HSET", KEYS[1], "dead", stamp)
redis.call("ZREM", KEYS[4], stamp)
return { redis.call("HGETALL", KEYS[1]), stamp }
