--[[
  Runs a step of BullMQ that changes a running job and checks no token, if the caller still holds the job's lock. A worker
  whose job was taken over is refused (R8).
  BullMQ's step is `step` here: the command is made once for each, see update-running-job.ts.

  KEYS  BullMQ's of the step (1 is the job's hash), then
    last  lock of the job
  ARGV  BullMQ's of the step, then
    last  lock token of the caller
  Result  BullMQ's, or one of its codes: -1 no such job, -2 no lock, -6 locked with another token
]]
local token = redis.call("GET", KEYS[#KEYS])
if token ~= ARGV[#ARGV] then
  if redis.call("EXISTS", KEYS[1]) == 0 then
    return -1
  end
  return token and -6 or -2
end
return step(KEYS, ARGV)
