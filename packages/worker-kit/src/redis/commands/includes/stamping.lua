--[[
  Giving out stamps (R1). A stamp is the server's time in microseconds, and always greater than the last one, which the
  queue's clock keeps. It is a field of the job's hash, and its message carries it. One call stamps jobs of one queue only.
]]
--- @include "clock"

local last

--- Gives out a stamp that the clock must keep before the script ends: see keepLastStamp.
local function takeStamp(clockKey)
  last = math.max(microsNow(), (last or tonumber(redis.call("HGET", clockKey, "last") or 0)) + 1)
  return string.format("%.0f", last)
end

local function keepLastStamp(clockKey)
  redis.call("HSET", clockKey, "last", string.format("%.0f", last))
end

local function nextStamp(clockKey)
  local stamp = takeStamp(clockKey)
  keepLastStamp(clockKey)
  return stamp
end

local function stampNewJob(jobKey, clockKey)
  local stamp = nextStamp(clockKey)
  redis.call("HSET", jobKey, "stamp", stamp)
  return stamp
end

--- @return whether a job must run before the jobs that came earlier. Such a job is not stamped when it is put into wait:
---   with a message at once it would run after them. It is published when a worker is about to take it.
--- @param opts - the field `opts` of its hash
--- @param mark - the field `lifo` of its hash, which changePriority sets
local function isLifo(opts, mark)
  if mark or not opts then
    return mark or false
  end
  -- Options that nobody can read must not keep other jobs waiting: an error would end the script.
  local ok, decoded = pcall(cjson.decode, opts)
  return ok and type(decoded) == "table" and decoded.lifo or false
end

--- How many dead letters are remembered whose jobs were put back into line.
local MAX_MOVED_ON = 10000

--- Stamps a job unless it has a stamp.
--- A job that had failed leaves its dead letter behind when it runs again. The key moved-on remembers that, also after the
--- job's record is gone (R9).
--- @param movedOnKey - may be left out for a job that was just created, which has no dead letter
--- @return the stamp of the job
local function stampJob(jobKey, clockKey, movedOnKey)
  local known = redis.call("HMGET", jobKey, "stamp", "dead")
  local stamp = known[1]
  if not stamp then
    stamp = stampNewJob(jobKey, clockKey)
    if known[2] and movedOnKey then
      redis.call("ZADD", movedOnKey, stamp, known[2])
      redis.call("ZREMRANGEBYRANK", movedOnKey, 0, -MAX_MOVED_ON - 1)
      redis.call("HDEL", jobKey, "dead")
    end
  end
  return stamp
end
