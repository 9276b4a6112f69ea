--[[
  Runs one of BullMQ's steps that check no token, if the job is still locked by the one who calls (R8): what a worker that
  was taken over says late is refused.

  KEYS  BullMQ's of the step (1 is the job's hash), then the last
    lock
  ARGV  BullMQ's of the step, then the last
    token
  Result  BullMQ's, or its codes: -1 no such job, -2 no lock, -6 the lock of another
]]
local token = redis.call("GET", KEYS[#KEYS])
if token ~= ARGV[#ARGV] then
  if redis.call("EXISTS", KEYS[1]) == 0 then
    return -1
  end
  return token and -6 or -2
end
return step(KEYS, ARGV)
