--[[
  Notes on which connection a worker lives, so that others can tell when it is gone (R8).
  A client id means something for one run of the server only: the run's id stands beside it.
  Workers do not sign off: a closed one whose jobs still run is as gone as a dead one. Entries that nobody renewed are swept.

  KEYS
    1  owners
  ARGV
    1  client id
    2  age at which an entry that was not renewed is swept, in seconds
    3  ...  worker ids
  Result  1, or 0 when the server does not tell its run
]]
local run = runId()
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
