--[[
  Tells who holds the locks of some jobs, and which connections to Redis those workers have (R8).
  The lock token of a worker is the worker's id, ":" and a number. A token of another form comes from somebody who fetches
  jobs by hand: its owner is not known.

  KEYS
    1  owners
  ARGV
    1    key prefix
    2... job ids
  Result  for each job { milliseconds until its lock lapses or less than 1, token, entry of the owner }. The last two are
    missing if the owner is not known, or announced itself in an earlier run of the server.
]]
--- @include "includes/server-run"

local run = serverRun()

local result = {}
for i = 2, #ARGV do
  local lockKey = ARGV[1] .. ARGV[i] .. ":lock"
  local token = redis.call("GET", lockKey)
  local owner = token and string.match(token, "^(.*):%d+$")
  local entry = owner and redis.call("HGET", KEYS[1], owner)
  local isOfThisRun = entry and string.match(entry, "^%S*") == run
  local lockMs = redis.call("PTTL", lockKey)
  result[#result + 1] = isOfThisRun and { lockMs, token, entry } or { lockMs }
end
return result
