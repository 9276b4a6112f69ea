--[[
  BullMQ's check for stalled jobs; those it put back into wait lose their stamp (R2) and so get a new message.

  KEYS  BullMQ's of moveStalledJobsToWait (1-9)
  ARGV  BullMQ's (1-4)
  Result  ids of the stalled jobs
]]
local stalled = bullmq.moveStalledJobsToWait(KEYS, ARGV)
for _, id in ipairs(stalled) do
  redis.call("HDEL", ARGV[2] .. id, "stamp")
end
return stalled
