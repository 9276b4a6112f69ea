--[[
  Who holds the locks of some jobs, and on which connection those workers live (R8).
  The token of a lock that a worker set is its id, ":" and a number. A token of another form was chosen by somebody who
  fetches jobs by hand; its owner is not known.

  KEYS
    1  owners
  ARGV
    1  key prefix
    2  ...  job ids
  Result  { { token, entry of the owner } or {}, ... }, for each job; an entry of an earlier run of the server is left out
]]
local run = runId()

local result = {}
for i = 2, #ARGV do
  local token = redis.call("GET", ARGV[1] .. ARGV[i] .. ":lock")
  local owner = token and string.match(token, "^(.*):%d+$")
  local entry = owner and redis.call("HGET", KEYS[1], owner)
  local isOfThisRun = entry and string.match(entry, "^%S*") == run
  result[#result + 1] = isOfThisRun and { token, entry } or {}
end
return result
