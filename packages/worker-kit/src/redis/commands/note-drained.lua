--[[
  Notes that the queue is drained: jobs that nobody has recorded, and that workers hold now, do not start (decision 16).

  KEYS
    1  clock
]]
--- @include "includes/clock"

noteServerReplaced(KEYS[1])
redis.call("HSET", KEYS[1], "drained", string.format("%.0f", microsNow()))
