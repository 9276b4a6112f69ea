--[[
  Finds which of a worker's running jobs somebody has canceled: cancel-job.lua has set their deferred failure (R1).

  KEYS
    1  wait; it only names the queue's slot in a cluster
  ARGV
    1    key prefix
    2    what the failure of a canceled job begins with
    3... ids
  Result  for each canceled job { id, failure }
]]
local result = {}
for i = 3, #ARGV do
  local failure = redis.call("HGET", ARGV[1] .. ARGV[i], "defa")
  if failure and string.sub(failure, 1, #ARGV[2]) == ARGV[2] then
    result[#result + 1] = { ARGV[i], failure }
  end
end
return result
