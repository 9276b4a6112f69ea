--[[
  Grants an owner one of the mails of a window of time. A mail that was granted before is granted again: it is another
  attempt of the same job.

  KEYS
    1  sorted set: the owner's granted mails, by the time of their grant
  ARGV
    1  name of the mail
    2  the window, in milliseconds
    3  how many mails a window has
  Result  how many mails are left after this one; -1 when none is granted
]]

local granted, name, windowMs, limit = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)

redis.call("ZREMRANGEBYSCORE", granted, "-inf", now - windowMs)
if not redis.call("ZSCORE", granted, name) then
  if redis.call("ZCARD", granted) >= limit then
    return -1
  end
  redis.call("ZADD", granted, now, name)
  redis.call("PEXPIRE", granted, windowMs)
end
return limit - 1 - redis.call("ZRANK", granted, name)
