--[[
  What there is to tell about a job that is about to fail for good (R9). Notes on the job that a dead letter with its
  stamp is being written: with the stamp of the letter that a failed job bears, later letters are told from earlier ones.
  The letter is written before the failure is recorded; whoever does not own the job gets nothing to write.

  KEYS
    1  job hash
    2  its lock
    3  clock
    4  moved-on
  ARGV
    1  lock token; "0" asks for no lock
  Result  { hash, stamp }, or {} when the job is gone or is not the caller's
]]
local isOwner = ARGV[1] == "0" or redis.call("GET", KEYS[2]) == ARGV[1]
if not isOwner or redis.call("EXISTS", KEYS[1]) == 0 then
  return {}
end
local stamp = stampJob(KEYS[1], KEYS[3], KEYS[4])
redis.call("HSET", KEYS[1], "dead", stamp)
redis.call("ZREM", KEYS[4], stamp)
return { redis.call("HGETALL", KEYS[1]), stamp }
