--[[
  Finds the job with which a user's turn comes: the oldest of those that stand back, if no other job of the user runs, or waits in
  the common line.

  KEYS
    1  sorted set: the user's jobs, as in enter-line.lua
    2  set: users who have such jobs
    3  BullMQ's prioritized
    4  BullMQ's delayed
  ARGV
    1  user
    2  prefix of BullMQ's keys
    3  how many jobs are looked at
    4  how long a job may be missing after its entry, in milliseconds
  Result  id, or "" if it is not the user's turn
]]
local jobs, prefix = KEYS[1], ARGV[2]
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local ended, first, isBusy = {}, "", false
local entries = redis.call("ZRANGE", jobs, 0, tonumber(ARGV[3]) - 1, "WITHSCORES")
for i = 1, #entries, 2 do
  local id = entries[i]
  local fields = redis.call("HMGET", prefix .. id, "name", "finishedOn")
  if fields[2] then
    ended[#ended + 1] = id
  elseif not fields[1] then
    if now - tonumber(entries[i + 1]) > tonumber(ARGV[4]) then
      ended[#ended + 1] = id
    end
  elseif redis.call("ZSCORE", KEYS[3], id) then
    first = first == "" and id or first
  elseif not redis.call("ZSCORE", KEYS[4], id) then
    -- The oldest job that has not ended most often is the one that runs: the look ends there.
    isBusy = true
    break
  end
end
if #ended > 0 then
  redis.call("ZREM", jobs, unpack(ended))
end
if redis.call("ZCARD", jobs) == 0 then
  redis.call("SREM", KEYS[2], ARGV[1])
end
return isBusy and "" or first
