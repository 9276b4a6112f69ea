--[[
  Notes that a user's job enters the line, and counts the user's other jobs that have not ended.

  KEYS
    1  sorted set: the user's jobs that had not ended when they were last looked at, by the time of their entry
    2  set: users who have such jobs
  ARGV
    1  user
    2  id of the job
    3  prefix of BullMQ's keys
    4  how many jobs are looked at
    5  how long a job may be missing after its entry, in milliseconds: it is just being added
  Result  how many others there are
]]
local jobs, users, user, id, prefix = KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3]
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local ended = {}
local entries = redis.call("ZRANGE", jobs, 0, tonumber(ARGV[4]) - 1, "WITHSCORES")
for i = 1, #entries, 2 do
  local fields = redis.call("HMGET", prefix .. entries[i], "name", "finishedOn")
  local isMissing = not fields[1] and now - tonumber(entries[i + 1]) > tonumber(ARGV[5])
  if isMissing or fields[2] then
    ended[#ended + 1] = entries[i]
  end
end
if #ended > 0 then
  redis.call("ZREM", jobs, unpack(ended))
end
redis.call("ZADD", jobs, "NX", now, id)
redis.call("SADD", users, user)
return redis.call("ZCARD", jobs) - 1
