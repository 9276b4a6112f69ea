--[[
  Starts the job of one delivery, if that delivery is the current one (R2).

  KEYS  BullMQ's of moveToActive (1-11), but: 7 is a key without a value, so that nothing is promoted here;
        11 is a scratch key. Then
    12  scratch key for a set
    13  repeat
    14  moved-on
  ARGV  BullMQ's (1-3), but 3 as JSON, then
    4   id
    5   stamp
    6   "1" when the broker delivers the message again, else "0"
    7   how often a job may stall
  Result
    { "active", hash, id, "stalled" when it was taken over from a worker that is gone, else "" }
    { "blocked", milliseconds of a rate limit or 0, "limited" | "maxed" | "paused" }  keep the delivery
    { "locked", milliseconds }  runs elsewhere under a lock: keep the delivery until that lapses
    { "stale", reason }  not the current one: drop the delivery
]]
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

-- A worker that died holds no lock any more: that counts as one stall, as in BullMQ's own check.
local function takeOver()
  redis.call("SADD", KEYS[12], id)
  bullmq.moveStalledJobsToWait(
    { KEYS[12], waitKey, activeKey, KEYS[11], KEYS[9], KEYS[8], KEYS[7], KEYS[4], KEYS[13] },
    { ARGV[7], ARGV[1], ARGV[2], 1 }
  )
  redis.call("DEL", KEYS[7], KEYS[11], KEYS[12])
  -- It may have died between writing a dead letter and recording the failure (R9): this run decides anew.
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
  elseif ARGV[6] == "0" then
    return { "stale", "already active" }
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
  return { "active", result[1], result[2], isTakenOver and "stalled" or "" }
end
return putBack(line, id, score, tail, result[3])
