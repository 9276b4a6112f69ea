--[[
  Finds the jobs of a user that have not ended, as far as Redis knows. Needs prune-ended.lua.

  KEYS
    1  sorted set: the user's jobs
  ARGV
    1  prefix of BullMQ's keys
    2  how many jobs are looked at
    3  how long a job may be missing after its entry, in milliseconds
  Result  their ids, oldest first
]]
pruneEnded(KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]))
return redis.call("ZRANGE", KEYS[1], 0, -1)
