--[[
  Takes a job out of active by one of BullMQ's own steps, and clears its stamp in the same script (R2).

  KEYS  BullMQ's of the step, then the last four
    job hash, wait, prioritized, active
  ARGV  BullMQ's of the step, then the last
    key prefix
  Result  { BullMQ's result, 1 when wait or prioritized hold a job that needs the pump or 0, jobs waiting }
]]
local jobKey, waitKey, prioritizedKey, activeKey = unpack(KEYS, #KEYS - 3)
local prefix = ARGV[#ARGV]

local result = step(KEYS, ARGV)
if type(result) == "number" and result < 0 then
  return { result, 0, 0 }
end
-- A parent whose children are all done stays active. Not by its lock: BullMQ leaves that to lapse when a job leaves
-- without its token.
if not redis.call("LPOS", activeKey, string.sub(jobKey, #prefix + 1)) then
  redis.call("HDEL", jobKey, "stamp")
  -- A cancel that came too late is over, too.
  if redis.call("HEXISTS", jobKey, "finishedOn") == 1 then
    redis.call("HDEL", jobKey, "defa")
  end
end

local needsPump, waiting = seeQueue(prefix, waitKey, prioritizedKey)
return { result, needsPump, waiting }
