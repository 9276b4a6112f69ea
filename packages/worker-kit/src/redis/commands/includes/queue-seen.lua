--[[
  Shared by the scripts that end or start jobs: what a worker is told of the queue after each (R5).
]]

--- @return 1 when wait or prioritized hold a job that needs the pump, else 0
--- @return jobs in wait and prioritized
local function seeQueue(prefix, waitKey, prioritizedKey)
  local function isUnpublished(id)
    return id and not redis.call("HGET", prefix .. id, "stamp")
  end
  local prioritized = redis.call("ZCARD", prioritizedKey)
  local needsPump = prioritized > 0
    or isUnpublished(redis.call("LINDEX", waitKey, 0))
    or isUnpublished(redis.call("LINDEX", waitKey, -1))
  return needsPump and 1 or 0, redis.call("LLEN", waitKey) + prioritized
end
