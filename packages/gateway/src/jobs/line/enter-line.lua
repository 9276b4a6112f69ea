--[[
  Notes that a user's job enters the line, and counts the user's other jobs that have not ended. Needs prune-ended.lua.

  KEYS
    1  sorted set: the user's jobs
    2  set: users who have such jobs
  ARGV
    1  user
    2  id of the job
    3  prefix of BullMQ's keys
    4  how many jobs are looked at
    5  how long a job may be missing after its entry, in milliseconds
  Result  how many others there are
]]
local now = pruneEnded(KEYS[1], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]))
redis.call("ZADD", KEYS[1], "NX", now, ARGV[2])
redis.call("SADD", KEYS[2], ARGV[1])
return redis.call("ZCARD", KEYS[1]) - 1
