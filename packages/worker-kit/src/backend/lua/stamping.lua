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

--- Stamps a job unless it is stamped; gives the stamp that then stands.
local function stampJob(jobKey, clockKey)
  local stamp = redis.call("HGET", jobKey, "stamp")
  if not stamp then
    stamp = nextStamp(clockKey)
    redis.call("HSET", jobKey, "stamp", stamp)
  end
  return stamp
end
