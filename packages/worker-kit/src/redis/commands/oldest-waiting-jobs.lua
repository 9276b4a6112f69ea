--[[
  Finds the jobs next in line whose messages may be lost (R6): stamped before a given stamp, or longer ago than a given time.
  Finds none while the queue is paused or has as many active jobs as allowed: then jobs wait for that reason, and not for a
  lost message. Prioritized jobs are next in line while wait is empty.

  KEYS
    1  wait
    2  active
    3  meta
    4  prioritized
  ARGV
    1  key prefix
    2  how many jobs to look at
    3  stamp, or ""
    4  age in microseconds, or "" if there is a stamp
  Result  { { hash, id, stamp }, ... }
]]

local limits = redis.call("HMGET", KEYS[3], "paused", "concurrency")
if limits[1] or (limits[2] and redis.call("LLEN", KEYS[2]) >= tonumber(limits[2])) then
  return {}
end
local before = tonumber(ARGV[3])
if not before then
  local now = redis.call("TIME")
  before = tonumber(now[1]) * 1000000 + tonumber(now[2]) - tonumber(ARGV[4])
end

local result = {}
local function look(id)
  local stamp = redis.call("HGET", ARGV[1] .. id, "stamp")
  if stamp and tonumber(stamp) < before then
    result[#result + 1] = { redis.call("HGETALL", ARGV[1] .. id), id, stamp }
  end
end

local count = tonumber(ARGV[2])
local ids = redis.call("LRANGE", KEYS[1], -count, -1)
for i = #ids, 1, -1 do
  look(ids[i])
end
if #ids == 0 then
  for _, id in ipairs(redis.call("ZRANGE", KEYS[4], 0, count - 1)) do
    look(id)
  end
end
return result
