--[[
  Takes the locks of jobs whose owner is gone (R8), if all is still as it was when that was found out: the delivery is the
  job's current one, the lock is that owner's, and the owner has not shown itself since. What follows is the same as for a
  lock that has lapsed: the next activation counts a stall and sets a lock of its own.

  KEYS
    1  owners
  ARGV
    1  key prefix
    2  ...  job id, stamp, token, entry of the owner, again and again
  Result  ids of the jobs whose lock was taken
]]
local run = runId()

local result = {}
for i = 2, #ARGV, 4 do
  local id, stamp, token, entry = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local lockKey = ARGV[1] .. id .. ":lock"
  local owner = string.match(token, "^(.*):%d+$")
  if
    string.match(entry, "^%S*") == run
    and redis.call("HGET", KEYS[1], owner) == entry
    and redis.call("HGET", ARGV[1] .. id, "stamp") == stamp
    and redis.call("GET", lockKey) == token
  then
    redis.call("DEL", lockKey)
    result[#result + 1] = id
  end
end
return result
