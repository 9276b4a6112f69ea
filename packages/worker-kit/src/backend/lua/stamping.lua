--[[
  Shared by the scripts that stamp jobs (R1); wants clock.lua before it.
  A stamp is the server's time in microseconds, made monotonic by the last one given out,
  which the queue's clock keeps. It stands in the job's hash and in its message.
]]
local function nextStamp(clockKey)
  local last = tonumber(redis.call("HGET", clockKey, "last") or 0)
  local text = string.format("%.0f", math.max(microsNow(), last + 1))
  redis.call("HSET", clockKey, "last", text)
  return text
end

--- How many dead letters are remembered whose job has run again since.
local MOVED_ON_LIMIT = 10000

--- Stamps a job unless it is stamped; gives the stamp that then stands.
--- A job that had failed and is to run again leaves its dead letter behind: that is noted in moved-on, which outlives
--- the job's record (R9). A job that was just created has none; its caller may leave movedOnKey out.
local function stampJob(jobKey, clockKey, movedOnKey)
  local known = redis.call("HMGET", jobKey, "stamp", "dead")
  local stamp = known[1]
  if not stamp then
    stamp = nextStamp(clockKey)
    redis.call("HSET", jobKey, "stamp", stamp)
    if known[2] and movedOnKey then
      redis.call("ZADD", movedOnKey, stamp, known[2])
      redis.call("ZREMRANGEBYRANK", movedOnKey, 0, -MOVED_ON_LIMIT - 1)
      redis.call("HDEL", jobKey, "dead")
    end
  end
  return stamp
end
