--[[
  Takes a job out of active, by a step of BullMQ, and clears the job's stamp in the same script (R2).
  BullMQ's step is `step` here: the command is made once for each, see leave-active.ts.

  KEYS  BullMQ's of the step, then the last four
    hash of the job, wait, prioritized, active
  ARGV  BullMQ's of the step, then
    last  key prefix
  Result  { BullMQ's result, 1 if wait or prioritized hold a job that the pump must publish or 0, jobs waiting }
]]
--- @include "includes/queue-state"

local jobKey, waitKey, prioritizedKey, activeKey = unpack(KEYS, #KEYS - 3)
local prefix = ARGV[#ARGV]

local result = step(KEYS, ARGV)
if type(result) == "number" and result < 0 then
  return { result, 0, 0 }
end
-- A parent stays active if all its children have finished. Look at the list, not at the lock: BullMQ lets the lock lapse when
-- a job leaves active without its token.
if not redis.call("LPOS", activeKey, string.sub(jobKey, #prefix + 1)) then
  redis.call("HDEL", jobKey, "stamp")
  -- A cancel that came too late must not fail a later run.
  if redis.call("HEXISTS", jobKey, "finishedOn") == 1 then
    redis.call("HDEL", jobKey, "defa")
  end
end

local needsPump, waiting = queueState(prefix, waitKey, prioritizedKey)
return { result, needsPump, waiting }
