--[[
  Notes which connection to Redis some workers have, so that others can tell when they are gone (R8).
  A client id is unique in one run of the server only, so the run's id stands beside it.
  Workers do not remove their entries: the jobs of a closed worker may still run, as those of a dead one. Entries that were
  not renewed are removed here.

  KEYS
    1  owners
  ARGV
    1    client id of the connection
    2    age at which an entry that was not renewed is removed, in seconds
    3... worker ids
  Result  1, or 0 if the server does not tell its run_id
]]
--- @include "includes/server-run"

local run = serverRun()
if run == "" then
  return 0
end
local now = tonumber(redis.call("TIME")[1])

local entries = redis.call("HGETALL", KEYS[1])
for i = 1, #entries, 2 do
  local renewedAt = tonumber(string.match(entries[i + 1], "(%d+)$"))
  if not renewedAt or renewedAt < now - tonumber(ARGV[2]) then
    redis.call("HDEL", KEYS[1], entries[i])
  end
end
for i = 3, #ARGV do
  redis.call("HSET", KEYS[1], ARGV[i], run .. " " .. ARGV[1] .. " " .. now)
end
return 1
