--[[
  Records a job that nobody has recorded, from its message (decision 16).
]]
--- @bullmq addStandardJob
--- @include "stamping"
--- @include "recorded-ids"

--- BullMQ's options of a job that becomes the next in line. The job's own options are written behind it.
local NEXT_IN_LINE = cmsgpack.pack({ lifo = true })

--- @param place.prefix - key prefix
--- @param place.addKeys - BullMQ's of addStandardJob, with a scratch key in place of the marker
--- @param place.clock, place.recorded - keys
--- @return a function that records a job as the next in line. It is given the id, and the list { milliseconds for which the worker
---   has held the message, name, timestamp, data, options as BullMQ stores them }. It returns the job's stamp, or nil and "known":
---   there is, or was, a record; "drained": the queue was drained while the worker held the message.
local function newJobRecorder(place)
  local drainedAt
  return function(id, job)
    local heldMs, name, timestamp, data, opts = unpack(job)
    local jobKey = place.prefix .. id
    if redis.call("EXISTS", jobKey) == 1 or redis.call("ZSCORE", place.recorded, id) then
      return nil, "known"
    end
    if not drainedAt then
      noteServerReplaced(place.clock)
      drainedAt = tonumber(redis.call("HGET", place.clock, "drained") or 0)
    end
    if drainedAt > 0 and microsNow() - tonumber(heldMs) * 1000 <= drainedAt then
      return nil, "drained"
    end
    bullmq.addStandardJob(place.addKeys, {
      cmsgpack.pack({ place.prefix, id, name, tonumber(timestamp) }),
      data,
      NEXT_IN_LINE,
    })
    local stamp = nextStamp(place.clock)
    redis.call("HSET", jobKey, "opts", opts, "stamp", stamp)
    rememberId(place.recorded, id, stamp)
    return stamp
  end
end
