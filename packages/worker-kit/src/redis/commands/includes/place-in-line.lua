--[[
  Shared by the scripts that start a job whose delivery is at hand (R2). BullMQ's own step takes the tail of wait, so the
  job goes there first; where it is refused, it goes back to its place.
  `line` is { prefix, wait, prioritized, meta }: what the key of a job begins with, and three keys.
]]

--- Makes a job the next in line.
--- @param tail - the job that is
--- @return whether it was waiting
--- @return its score, if it was among the prioritized
local function makeNext(line, id, tail)
  if tail == id then
    return true, false
  end
  local score = false
  if redis.call("LREM", line.wait, -1, id) == 0 then
    score = redis.call("ZSCORE", line.prioritized, id)
    if not score then
      return false, false
    end
    redis.call("ZREM", line.prioritized, id)
  end
  redis.call("RPUSH", line.wait, id)
  return true, score
end

--- Most jobs ahead of the line that a refused one is put behind.
local MOST_AHEAD = 100

--- Puts a job that was made the next in line, and was refused, back: to the prioritized, or behind what BullMQ has put ahead
--- of the line (it has no stamp yet).
--- @param tail - the job that was next before
--- @param rateLimitMs - BullMQ's; 0: refused for another reason
--- @return the answer to its delivery
local function putBack(line, id, score, tail, rateLimitMs)
  local function isAhead(other)
    return not redis.call("HGET", line.prefix .. other, "stamp")
  end
  if score then
    redis.call("RPOP", line.wait)
    redis.call("ZADD", line.prioritized, score, id)
  elseif tail and tail ~= id and isAhead(tail) then
    local ids = redis.call("LRANGE", line.wait, -MOST_AHEAD - 1, -2)
    local first = #ids
    while first > 1 and isAhead(ids[first - 1]) do
      first = first - 1
    end
    redis.call("RPOP", line.wait, #ids - first + 2)
    redis.call("RPUSH", line.wait, id, unpack(ids, first))
  end
  local reason = rateLimitMs > 0 and "limited" or (redis.call("HEXISTS", line.meta, "paused") == 1 and "paused" or "maxed")
  return { "blocked", rateLimitMs, reason }
end
