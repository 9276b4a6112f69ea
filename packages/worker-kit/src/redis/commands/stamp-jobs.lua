--[[
  Stamps jobs that were just put into wait, so that the caller can publish them (R3, R5).
  A job that another process has stamped meanwhile keeps that stamp. Jobs that run or have finished are left out, and so are
  jobs without a stamp that have a priority or the option lifo: the pump publishes those in their turn.

  KEYS
    1  clock
    2  active
    3  moved-on
  ARGV
    1    key prefix
    2... ids
  Result
    1  { { hash, id, stamp }, ... }
    2  ids of jobs that Redis does not have
]]
--- @include "includes/stamping"

noteServerReplaced(KEYS[1])
local jobs, unknown = {}, {}
for i = 2, #ARGV do
  local jobKey = ARGV[1] .. ARGV[i]
  local known = redis.call("HMGET", jobKey, "name", "finishedOn", "priority", "stamp", "opts", "lifo")
  local isLate = known[2] or not known[4] and (tonumber(known[3] or 0) > 0 or isLifo(known[5], known[6]))
  -- Look at the list, not at the lock: BullMQ lets the lock lapse when a job leaves active without its token.
  if known[1] and not isLate and not redis.call("LPOS", KEYS[2], ARGV[i]) then
    local stamp = stampJob(jobKey, KEYS[1], KEYS[3])
    jobs[#jobs + 1] = { redis.call("HGETALL", jobKey), ARGV[i], stamp }
  elseif not known[1] then
    unknown[#unknown + 1] = ARGV[i]
  end
end
return { jobs, unknown }
