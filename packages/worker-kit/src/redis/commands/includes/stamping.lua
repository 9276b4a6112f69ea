--[[
  Shared by the scripts that stamp jobs (R1); wants clock.lua before it.
  A stamp is the server's time in microseconds, made monotonic by the last one given out,
  which the queue's clock keeps. It stands in the job's hash and in its message. A script stamps jobs of one queue only.
]]
local now, last

local function nextStamp(clockKey)
  now = now or microsNow()
  last = math.max(now, (last or tonumber(redis.call("HGET", clockKey, "last") or 0)) + 1)
  local text = string.format("%.0f", last)
  redis.call("HSET", clockKey, "last", text)
  return text
end

local function stampNewJob(jobKey, clockKey)
  local stamp = nextStamp(clockKey)
  redis.call("HSET", jobKey, "stamp", stamp)
  return stamp
end

--- Whether a job is to be run before those that came earlier. Such a job gets no stamp when it is put into wait: it is
--- published when a worker is about to take it, else it would run in its message's turn.
--- @param opts - the field of its hash
--- @param mark - the field `lifo`, set by changePriority
local function isLifo(opts, mark)
  return mark or (opts and cjson.decode(opts).lifo) or false
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
    stamp = stampNewJob(jobKey, clockKey)
    if known[2] and movedOnKey then
      redis.call("ZADD", movedOnKey, stamp, known[2])
      redis.call("ZREMRANGEBYRANK", movedOnKey, 0, -MOVED_ON_LIMIT - 1)
      redis.call("HDEL", jobKey, "dead")
    end
  end
  return stamp
end
