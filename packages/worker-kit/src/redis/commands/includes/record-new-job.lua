--[[
  Records jobs that nobody has recorded, from their messages (decision 16).
]]
--- @include "spared-commands"
--- @bullmq addStandardJob
--- @include "stamping"
--- @include "recorded-ids"

--- BullMQ's options of a job that becomes the next in line. The job's own options are written in their place.
local NEXT_IN_LINE = cmsgpack.pack({ lifo = true })

--- @return the set of those ids that have a record, or are remembered. A call costs more than what it asks: so all are asked at once.
local function knownIds(place, ids)
  local jobKeys = {}
  for i, id in ipairs(ids) do
    jobKeys[i] = place.prefix .. id
  end
  local hasRecords = redis.call("EXISTS", unpack(jobKeys)) > 0
  local scores = redis.call("ZMSCORE", place.recorded, unpack(ids))
  local known = {}
  for i, id in ipairs(ids) do
    known[id] = scores[i] or (hasRecords and redis.call("EXISTS", jobKeys[i]) == 1)
  end
  return known
end

--- @param place.prefix - key prefix
--- @param place.addKeys - BullMQ's of addStandardJob, with a scratch key in place of the marker
--- @param place.clock, place.recorded - keys
--- @param place.hadClock - true if the worker knows that the queue had a clock, else nil
--- @param ids - of all jobs that may be recorded, at least one
--- @return a function that records a job as the next in line. It is given the id, and the list { milliseconds for which the worker
---   has held the message, name, timestamp, data, options as BullMQ stores them }. It returns the job's stamp, or nil and "known":
---   there is, or was, a record; "drained": the queue was drained while the worker held the message.
--- @return a function to call when all are recorded
local function newJobRecorder(place, ids)
  local drainedAt = noteServerReplaced(place.clock, place.hadClock)
  if drainedAt > 0 and drainedAt > microsNow() then
    -- The server's clock was set back: what came since the drain would be dropped with it.
    redis.call("HDEL", place.clock, "drained")
    drainedAt = 0
  end
  local isKnown = knownIds(place, ids)
  local recorded = {}

  local function record(id, job)
    local heldMs, name, timestamp, data, opts = unpack(job)
    local jobKey = place.prefix .. id
    if isKnown[id] then
      return nil, "known"
    end
    if drainedAt > 0 and microsNow() - tonumber(heldMs) * 1000 <= drainedAt then
      return nil, "drained"
    end
    local stamp = takeStamp(place.clock)
    spared.missing, spared.moreFields = jobKey, { "opts", opts, "stamp", stamp }
    bullmq.addStandardJob(place.addKeys, {
      cmsgpack.pack({ place.prefix, id, name, timestamp }),
      data,
      NEXT_IN_LINE,
    })
    spared.missing = nil
    if spared.moreFields then
      -- A BullMQ that stores a job by another command.
      redis.call("HSET", jobKey, unpack(spared.moreFields))
    end
    isKnown[id] = true
    recorded[#recorded + 1] = stamp
    recorded[#recorded + 1] = id
    return stamp
  end

  local function finish()
    if #recorded > 0 then
      keepLastStamp(place.clock)
      rememberIds(place.recorded, recorded)
    end
  end

  return record, finish
end
