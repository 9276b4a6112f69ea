--[[
  Finds a worker's running deliveries that are no longer the current ones of their jobs (R2). Such a job was taken over, was
  removed or has moved on, and the delivery only takes up prefetch.
  Not among them are the deliveries of jobs that Redis may have lost (R7): only their messages are left of them.

  KEYS
    1  clock
  ARGV
    1    key prefix
    2... id, stamp of each delivery
  Result  ids
]]
--- @include "includes/clock"

noteServerReplaced(KEYS[1])
local result = {}
for i = 2, #ARGV, 2 do
  local stamp = ARGV[i + 1]
  if redis.call("HGET", ARGV[1] .. ARGV[i], "stamp") ~= stamp and not isLost(KEYS[1], tonumber(stamp)) then
    result[#result + 1] = ARGV[i]
  end
end
return result
