--[[
  Records a job from its message: Redis has lost the job (R7), or its producer speaks AMQP only.
  If Redis still has a record that leads to a run, that record counts. The message brings back only what would not run.
  Recording a job twice is the same as recording it once.

  KEYS
    1-8  BullMQ's of addStandardJob
    9    scratch key in place of the marker
    10   clock
    11   recorded: sorted set of the ids that were recorded from messages, by stamp
    12   prioritized
    13   failed
    14   waiting-children
    15   pc
    16   repeat
  ARGV
    1  key prefix
    2  id
    3  stamp, or "" for a message that never had one
    4  JSON: { name, timestamp, parentKey, parent, repeatJobKey, deduplication: { id, ttl }, attemptsMade }
    5  data
    6  options, as BullMQ stores them
  Result
    { "start", id, stamp }  the delivery now stands for this job
    { "drop", reason }  the message is of no use
    { "known" } | { "bogus" }  Redis did not lose the job: see includes/clock.lua
]]
--- @bullmq addStandardJob
--- @bullmq reprocessJob
--- @bullmq removeJob
--- @include "includes/stamping"
--- @include "includes/recorded-ids"

--- The clocks of workers and of Redis differ by less than this.
local CLOCKS_DIFFER_MICROS = 5000000

local prefix, id, stamp = ARGV[1], ARGV[2], ARGV[3]
local job, data, optsText = cjson.decode(ARGV[4]), ARGV[5], ARGV[6]
local waitKey, metaKey, completedKey, delayedKey, activeKey = KEYS[1], KEYS[3], KEYS[5], KEYS[6], KEYS[7]
local eventsKey, scratchMarker, clockKey, recordedKey = KEYS[8], KEYS[9], KEYS[10], KEYS[11]
local prioritizedKey, failedKey, waitingChildrenKey = KEYS[12], KEYS[13], KEYS[14]

local function start(id, stamp)
  redis.call("HSET", prefix .. id, "stamp", stamp)
  rememberIds(recordedKey, { stamp, id })
  return { "start", id, stamp }
end

local function wasRecorded(id, stamp)
  local recorded = redis.call("ZSCORE", recordedKey, id)
  return recorded and tonumber(recorded) >= tonumber(stamp)
end

--- Creates the record. The job becomes the next in line, because its delivery is about to start it.
local function create(id, stamp)
  local jobKey = prefix .. id
  local opts = cjson.decode(optsText)
  -- A confirmed job runs, even if another job was added since under its deduplication id.
  opts.de = nil
  opts.lifo = true
  -- A child whose parent is lost runs without it.
  local parentKey = job.parentKey
  if parentKey and redis.call("EXISTS", parentKey) == 0 then
    parentKey = nil
  end
  bullmq.addStandardJob(KEYS, {
    cmsgpack.pack({
      [1] = prefix,
      [2] = id,
      [3] = job.name,
      [4] = job.timestamp,
      [5] = parentKey,
      [6] = parentKey and parentKey .. ":dependencies",
      [7] = parentKey and job.parent,
      [8] = job.repeatJobKey,
    }),
    data,
    cmsgpack.pack(opts),
  })
  redis.call("DEL", scratchMarker)
  redis.call("HSET", jobKey, "opts", optsText)
  if job.attemptsMade then
    redis.call("HSET", jobKey, "atm", job.attemptsMade)
  end
  local deduplication = job.deduplication
  if deduplication then
    redis.call("HSET", jobKey, "deid", deduplication.id)
    local key = prefix .. "de:" .. deduplication.id
    if not deduplication.ttl then
      redis.call("SET", key, id, "NX")
    else
      local leftMs = job.timestamp + deduplication.ttl - math.floor(microsNow() / 1000)
      if leftMs > 0 then
        redis.call("SET", key, id, "NX", "PX", string.format("%.0f", leftMs))
      end
    end
  end
  return start(id, stamp)
end

local function stateOf(id)
  if redis.call("ZSCORE", completedKey, id) then
    return "completed"
  elseif redis.call("ZSCORE", failedKey, id) then
    return "failed"
  elseif redis.call("ZSCORE", waitingChildrenKey, id) then
    return "waiting-children"
  elseif redis.call("LPOS", activeKey, id) then
    return "active"
  elseif redis.call("ZSCORE", delayedKey, id) then
    return "delayed"
  elseif redis.call("ZSCORE", prioritizedKey, id) then
    return "prioritized"
  end
  return redis.call("LPOS", waitKey, id, "RANK", -1) and "waiting" or "nowhere"
end

--- For a record of the same job, from before or after the stay in wait that the message belongs to.
local function resume()
  local jobKey, state = prefix .. id, stateOf(id)
  if state == "active" or state == "waiting-children" then
    return { "drop", "its record leads to a run" }
  end
  if state == "completed" or state == "failed" then
    local finishedOn = tonumber(redis.call("HGET", jobKey, "finishedOn") or 0)
    if wasRecorded(id, stamp) or finishedOn * 1000 > tonumber(stamp) + CLOCKS_DIFFER_MICROS then
      return { "drop", "finished since" }
    end
    bullmq.reprocessJob(
      { jobKey, eventsKey, state == "completed" and completedKey or failedKey, waitKey, metaKey, activeKey,
        scratchMarker, prioritizedKey, KEYS[15] },
      { id, "RPUSH", state == "completed" and "returnvalue" or "failedReason", state, "0", "0" }
    )
    redis.call("DEL", scratchMarker)
  elseif state == "delayed" or state == "nowhere" then
    redis.call("ZREM", delayedKey, id)
    redis.call("HSET", jobKey, "delay", 0)
    redis.call("RPUSH", waitKey, id)
    redis.call("XADD", eventsKey, "*", "event", "waiting", "jobId", id, "prev", "delayed")
  end
  -- The message counts the attempts that were made before it was published.
  if job.attemptsMade and tonumber(redis.call("HGET", jobKey, "atm") or 0) < job.attemptsMade then
    redis.call("HSET", jobKey, "atm", job.attemptsMade)
  end
  return start(id, stamp)
end

--- For a record of another job under the same id.
local function makeRoom(record)
  if not string.match(id, "^%d+$") then
    -- The producer chose the id: two jobs under it are two attempts to add one job.
    if tonumber(record.timestamp) >= job.timestamp then
      return { "drop", "added again since" }
    end
    -- The record is older, so its job must have ended before the message's job was added.
    local state = stateOf(id)
    if state ~= "active" and state ~= "waiting-children" then
      if bullmq.removeJob({ prefix .. id, KEYS[16] }, { id, "0", prefix }) == 1 then
        return create(id, stamp)
      end
    end
  end
  local newId = id .. "-" .. stamp
  local known = redis.call("HMGET", prefix .. newId, "name", "stamp")
  if known[1] then
    return known[2] == stamp and start(newId, stamp) or { "drop", "its record leads to a run" }
  end
  return wasRecorded(newId, stamp) and { "drop", "finished since" } or create(newId, stamp)
end

noteServerReplaced(clockKey)
local known = redis.call("HMGET", prefix .. id, "name", "timestamp", "stamp")
local record = known[1] and { name = known[1], timestamp = known[2], stamp = known[3] }

if stamp == "" then
  if record then
    return record.stamp and { "start", id, record.stamp } or { "drop", "added before" }
  end
  return redis.call("ZSCORE", recordedKey, id) and { "drop", "added before" } or create(id, nextStamp(clockKey))
end
local verdict = judge(clockKey, tonumber(stamp))
if verdict ~= "lost" then
  return { verdict }
end
if not record then
  return wasRecorded(id, stamp) and { "drop", "finished since" } or create(id, stamp)
end
local isSame = record.name == job.name
  and (job.repeatJobKey or tonumber(record.timestamp) == job.timestamp)
return isSame and resume() or makeRoom(record)
