--[[
  Who holds the locks of some jobs, and on which connection those workers live (R8).
  The token of a lock that a worker set is its id, ":" and a number. A token of another form was chosen by somebody who
  fetches jobs by hand; its owner is not known.

  KEYS
    1  owners
  ARGV
    1  key prefix
    2  ...  job ids
  Result  for each job { milliseconds until its lock lapses or less than 1, token, entry of the owner }; without the last two
    if the owner is not known, or told where it lives in an earlier run of the server
]]
local run = runId()

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
