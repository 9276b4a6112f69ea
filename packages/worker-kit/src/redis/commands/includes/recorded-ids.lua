--[[
  The ids of jobs that were recorded from messages: a second message with one of them adds no second job.
]]
local MAX_RECORDED = 100000
local RECORDED_SECONDS = 7 * 86400

local isGrown = false

local function rememberId(recordedKey, id, stamp)
  redis.call("ZADD", recordedKey, stamp, id)
  isGrown = true
end

--- Keeps the newest ids, for a week. Once for all that a script has remembered.
local function forgetOldest(recordedKey)
  if isGrown then
    redis.call("ZREMRANGEBYRANK", recordedKey, 0, -MAX_RECORDED - 1)
    redis.call("EXPIRE", recordedKey, RECORDED_SECONDS)
  end
end
