--[[
  Starting the job of a delivery (R2). BullMQ's moveToActive takes the tail of wait, so the job is moved there first. If
  BullMQ then refuses to start it, the job is put back where it belongs.
  `line` is { prefix, wait, prioritized, meta }: the queue's key prefix, and three keys.
]]

--- Makes a job the next in line.
--- @param tail - id of the job that is next now
--- @return whether the job was waiting
--- @return its score if it was in prioritized, else false
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

--- A refused job is put behind so many jobs ahead of the line at most: a script must not hold Redis for long.
local MAX_AHEAD = 100

--- Puts a job back that makeNext had moved and BullMQ refused to start: into prioritized, or behind the jobs that BullMQ has
--- put ahead of the line. Those have no stamp yet.
--- @param score - as makeNext returned it
--- @param tail - id of the job that was next before
--- @param rateLimitMs - BullMQ's; 0 if the job was refused for another reason
--- @return the reply to the delivery
local function putBack(line, id, score, tail, rateLimitMs)
  local function isAhead(other)
    return not redis.call("HGET", line.prefix .. other, "stamp")
  end
  if score then
    redis.call("RPOP", line.wait)
    redis.call("ZADD", line.prioritized, score, id)
  elseif tail and tail ~= id and isAhead(tail) then
    local ids = redis.call("LRANGE", line.wait, -MAX_AHEAD - 1, -2)
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
