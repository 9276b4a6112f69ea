--[[
  BullMQ's check for stalled jobs. The jobs that it puts back into wait lose their stamps (R2), and so get new messages.

  KEYS  BullMQ's of moveStalledJobsToWait (1-9)
  ARGV  BullMQ's (1-4)
  Result  ids of the stalled jobs
]]
--- @bullmq moveStalledJobsToWait

local stalled = bullmq.moveStalledJobsToWait(KEYS, ARGV)
for _, id in ipairs(stalled) do
  redis.call("HDEL", ARGV[2] .. id, "stamp")
end
return stalled
