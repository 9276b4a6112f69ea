--[[
  Put before scripts that look at a user's jobs: drops the entries of those that have ended.

  jobs        sorted set: the user's jobs that had not ended when they were last looked at, by the time of their entry
  prefix      prefix of BullMQ's keys
  reach       how many jobs are looked at, the oldest
  addingMs    how long a job may be missing after its entry, in milliseconds: it is just being added
]]
local function pruneEnded(jobs, prefix, reach, addingMs)
  local time = redis.call("TIME")
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local ended = {}
  local entries = redis.call("ZRANGE", jobs, 0, reach - 1, "WITHSCORES")
  for i = 1, #entries, 2 do
    local fields = redis.call("HMGET", prefix .. entries[i], "name", "finishedOn")
    local isMissing = not fields[1] and now - tonumber(entries[i + 1]) > addingMs
    if isMissing or fields[2] then
      ended[#ended + 1] = entries[i]
    end
  end
  if #ended > 0 then
    redis.call("ZREM", jobs, unpack(ended))
  end
  return now
end
