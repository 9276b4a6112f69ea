--[[
  What a worker is told of the queue when jobs end or start (R5).
]]

--- @return 1 if wait or prioritized hold a job that the pump must publish, else 0
--- @return the number of jobs in wait and prioritized
local function queueState(prefix, waitKey, prioritizedKey)
  local function isUnpublished(id)
    return id and not redis.call("HGET", prefix .. id, "stamp")
  end
  local prioritized, waiting = redis.call("ZCARD", prioritizedKey), redis.call("LLEN", waitKey)
  local needsPump = prioritized > 0
    or waiting > 0
      and (isUnpublished(redis.call("LINDEX", waitKey, 0)) or isUnpublished(redis.call("LINDEX", waitKey, -1)))
  return needsPump and 1 or 0, waiting + prioritized
end
