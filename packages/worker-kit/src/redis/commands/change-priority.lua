--[[
  Moves a waiting job to another place in line, by BullMQ's own script. There the job needs a new stamp: the message of the
  old place must not start it (R2).

  KEYS  BullMQ's of changePriority (1-7)
  ARGV  BullMQ's (1-4)
  Result  BullMQ's
]]
--- @bullmq changePriority

local jobKey = ARGV[2] .. ARGV[3]

local result = bullmq.changePriority(KEYS, ARGV)
if result == 0 and not redis.call("LPOS", KEYS[5], ARGV[3]) then
  redis.call("HDEL", jobKey, "stamp", "lifo")
  if ARGV[4] == "1" and tonumber(ARGV[1]) == 0 then
    redis.call("HSET", jobKey, "lifo", 1)
    -- BullMQ sets no marker here.
    redis.call("ZADD", KEYS[7], 0, "0")
  end
end
return result
