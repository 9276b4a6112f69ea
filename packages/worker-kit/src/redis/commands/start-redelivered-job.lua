--[[
  Starts the job of a message that was delivered before, if that delivery is the current one of its job (R2). The job may be
  active while nobody runs it: its lock has lapsed, or was removed because its owner is gone (R8).

  KEYS
    1-11  BullMQ's of moveToActive, but 7 is a key without a value in place of delayed, so that nothing is promoted, and
          11 is a scratch key in place of the marker
    12    scratch key for a set
    13    repeat
    14    moved-on
  ARGV
    1-3  BullMQ's of moveToActive, but 3 is JSON
    4    id
    5    stamp
    6    how often a job may stall
  Result
    { "active", hash, "stalled" if the job was taken over from a worker that is gone, else "" }
    { "blocked", milliseconds of a rate limit or 0, "limited" | "maxed" | "paused" }  keep the delivery
    { "locked", milliseconds }  the job runs elsewhere; keep the delivery until the lock lapses
    { "stale", "removed" | "unstamped" | "superseded" | "not waiting" }  not the current delivery of its job
]]
--- @bullmq moveToActive
--- @bullmq moveStalledJobsToWait
--- @include "includes/place-in-line"

local id, stamp = ARGV[4], ARGV[5]
local jobKey = ARGV[1] .. id
local waitKey, activeKey = KEYS[1], KEYS[2]
local line = { prefix = ARGV[1], wait = waitKey, prioritized = KEYS[3], meta = KEYS[9] }

local current = redis.call("HGET", jobKey, "stamp")
if not current then
  return { "stale", redis.call("EXISTS", jobKey) == 1 and "unstamped" or "removed" }
end
if current ~= stamp then
  return { "stale", "superseded" }
end

-- An active job without a lock has stalled. BullMQ's own check counts the stall and puts the job back into wait.
local function takeOver()
  redis.call("SADD", KEYS[12], id)
  bullmq.moveStalledJobsToWait(
    { KEYS[12], waitKey, activeKey, KEYS[11], KEYS[9], KEYS[8], KEYS[7], KEYS[4], KEYS[13] },
    { ARGV[6], ARGV[1], ARGV[2], 1 }
  )
  redis.call("DEL", KEYS[7], KEYS[11], KEYS[12])
  -- The worker may have died after it wrote a dead letter and before it recorded the failure (R9). This run decides anew.
  if redis.call("HDEL", jobKey, "dead") == 1 then
    redis.call("ZADD", KEYS[14], stamp, stamp)
  end
end

local tail = redis.call("LINDEX", waitKey, -1)
local isTakenOver = false
local isNext, score = makeNext(line, id, tail)
if not isNext then
  if not redis.call("LPOS", activeKey, id) then
    return { "stale", "not waiting" }
  end
  local lockMs = redis.call("PTTL", jobKey .. ":lock")
  if lockMs > 0 then
    return { "locked", lockMs }
  end
  takeOver()
  isTakenOver = true
end

local result = bullmq.moveToActive(KEYS, { ARGV[1], ARGV[2], cmsgpack.pack(cjson.decode(ARGV[3])) })
redis.call("DEL", KEYS[11])
if type(result[1]) == "table" then
  return { "active", result[1], isTakenOver and "stalled" or "" }
end
return putBack(line, id, score, tail, result[3])
