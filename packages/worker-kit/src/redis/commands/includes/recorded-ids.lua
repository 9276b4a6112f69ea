--[[
  The ids of jobs that were recorded from messages: a second message with one of them adds no second job.
]]
local MAX_RECORDED = 100000
local RECORDED_SECONDS = 7 * 86400

--- Remembers ids for a week, the newest of them.
--- @param stampsAndIds - stamp, id, stamp, id ...
local function rememberIds(recordedKey, stampsAndIds)
  redis.call("ZADD", recordedKey, unpack(stampsAndIds))
  redis.call("ZREMRANGEBYRANK", recordedKey, 0, -MAX_RECORDED - 1)
  redis.call("EXPIRE", recordedKey, RECORDED_SECONDS)
end
