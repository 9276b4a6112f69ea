--[[
  Removes the locks of jobs whose owners are gone (R8), if nothing has changed since that was found out: the delivery is the
  current one of its job, the lock has the same token, and the owner has not announced itself since. Then the lock counts as
  lapsed: the next start of the job counts as a stall and sets a lock of its own.

  KEYS
    1  owners
  ARGV
    1    key prefix
    2... id, stamp, token, entry of the owner, for each job
  Result  ids of the jobs whose locks were removed
]]
--- @include "includes/server-run"

local run = serverRun()

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
