--[[
  Which of a worker's running jobs somebody has canceled: see `cancel.lua`.

  KEYS
    1  any key of the queue
  ARGV
    1  key prefix
    2  what the failure of a canceled job begins with
    3  ...  ids
  Result  id, failure, id, failure, ...
]]
local result = {}
for i = 3, #ARGV do
  local failure = redis.call("HGET", ARGV[1] .. ARGV[i], "defa")
  if failure and string.sub(failure, 1, #ARGV[2]) == ARGV[2] then
    result[#result + 1] = ARGV[i]
    result[#result + 1] = failure
  end
end
return result
