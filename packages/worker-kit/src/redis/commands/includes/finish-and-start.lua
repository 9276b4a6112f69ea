--[[
  Finishes jobs (R2, R3), then starts jobs whose deliveries are at hand (R2). Each is a step of BullMQ's own. An error in one
  does not stop the others. A job that nobody has recorded is recorded first, as the next in line: by a command that defines
  `newJobRecorder` before it includes this.

  KEYS
    1-10   wait, active, prioritized, events, stalled, limiter, delayed, paused, meta, pc
    11-14  completed, failed, metrics:completed, metrics:failed
    15     marker
    16     a key without a value in place of delayed, so that starting a job promotes nothing
    17     a key in place of the marker, to which nothing is written
    18-20  for jobs that nobody has recorded: id; clock; recorded, the sorted set of the ids that were recorded from messages, by stamp
  ARGV
    1  key prefix
    2  now, in milliseconds
    3  what all started jobs have in common, as JSON: lockDuration, limiter, name; and hadClock: true if the worker knows that
       the queue had a clock
    4  how many jobs finish
    5  how many deliveries start
    6  "1" if the queue's state is asked for. It is told, too, when a delivery's job did not start
    7... for each job that finishes: id, timestamp, property, value, "completed" | "failed", BullMQ's packed options,
         packed fields to update or ""; then for each delivery: id, stamp, lock token; behind an empty stamp also: for how many
         milliseconds the worker has held the message, name, timestamp, data, options as BullMQ stores them
  Result
    1  for each job that finishes: BullMQ's result, or the text of an error
    2  for each delivery
         { "active", hash; empty if the job was recorded here, stamp if the job was recorded here }
         { "blocked", milliseconds of a rate limit or 0, "limited" | "maxed" | "paused", stamp if the job was recorded here }
           keep the delivery
         { "running" }  the job is active already, under this stamp
         { "stale", "removed" | "unstamped" | "superseded" | "not waiting" }  not the current delivery of its job
         { "stale", "known" | "drained" }  a job without a record: it had one, or the queue was drained since
         { "error", text }
    3  if the state is told: 1 if wait or prioritized hold a job that the pump must publish, else 0
    4  if the state is told: jobs in wait and prioritized
]]
--- @include "spared-commands"
--- @bullmq moveToFinished
--- @bullmq moveToActive
--- @include "place-in-line"
--- @include "queue-state"

local waitKey, activeKey, prioritizedKey, metaKey, scratchKey = KEYS[1], KEYS[2], KEYS[3], KEYS[9], KEYS[17]
local prefix, now = ARGV[1], ARGV[2]
local options = cjson.decode(ARGV[3])
local finishCount, startCount, tellsState = tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6] == "1"
local at = 6
spared.meta, spared.empty, spared.scratch = metaKey, KEYS[16], scratchKey

local function takeArguments(count)
  local taken = { unpack(ARGV, at + 1, at + count) }
  at = at + count
  return taken
end

local function finish(id, timestamp, property, value, target, packed, fields)
  local completed = target == "completed"
  local keys = { unpack(KEYS, 1, 10) }
  keys[11] = completed and KEYS[11] or KEYS[12]
  keys[12] = prefix .. id
  keys[13] = completed and KEYS[13] or KEYS[14]
  keys[14] = KEYS[15]
  local argv = { id, timestamp, property, value, target, "0", prefix, packed, fields ~= "" and fields or nil }
  local result = bullmq.moveToFinished(keys, argv)
  if result == 0 then
    -- A cancel that came too late must not fail a later run.
    redis.call("HDEL", prefix .. id, "stamp", "defa")
  end
  return result
end

local startKeys = { waitKey, activeKey, prioritizedKey, KEYS[4], KEYS[5], KEYS[6], KEYS[16], KEYS[8], metaKey, KEYS[10], scratchKey }
local line = { prefix = prefix, wait = waitKey, prioritized = prioritizedKey, meta = metaKey }
local blocked

local hadClock = options.hadClock
options.hadClock = nil
local recordNewJob, endRecording

--- Prepares the recording of the jobs whose deliveries have no stamp. There is at least one.
local function beginRecording()
  local ids, delivery = {}, at
  for _ = 1, startCount do
    local isNew = ARGV[delivery + 2] == ""
    if isNew then
      ids[#ids + 1] = ARGV[delivery + 1]
    end
    delivery = delivery + (isNew and 8 or 3)
  end
  recordNewJob, endRecording = newJobRecorder({
    prefix = prefix,
    addKeys = { waitKey, KEYS[8], metaKey, KEYS[18], KEYS[11], KEYS[7], activeKey, KEYS[4], scratchKey },
    clock = KEYS[19],
    recorded = KEYS[20],
    hadClock = hadClock,
  }, ids)
end

--- Starts the next in line, and if BullMQ refuses, puts it back to where it was.
--- @param tail - id of the job that was next before; nil: the job behind this one
local function begin(id, token, score, tail, recordedStamp)
  options.token = token
  local result = bullmq.moveToActive(startKeys, { prefix, now, cmsgpack.pack(options) })
  if type(result[1]) == "table" then
    return { "active", result[1], recordedStamp }
  end
  blocked = putBack(line, id, score, tail or redis.call("LINDEX", waitKey, -2), result[3])
  return { blocked[1], blocked[2], blocked[3], recordedStamp }
end

local function start(id, stamp, token)
  local current = redis.call("HGET", prefix .. id, "stamp")
  if current ~= stamp then
    if current then
      return { "stale", "superseded" }
    end
    return { "stale", redis.call("EXISTS", prefix .. id) == 1 and "unstamped" or "removed" }
  end
  if blocked then
    return blocked
  end
  local tail = redis.call("LINDEX", waitKey, -1)
  local isNext, score = makeNext(line, id, tail)
  if not isNext then
    return redis.call("LPOS", activeKey, id) and { "running" } or { "stale", "not waiting" }
  end
  return begin(id, token, score, tail)
end

local function recordAndStart(id, token, job)
  if blocked then
    return blocked
  end
  local stamp, reason = recordNewJob(id, job)
  if not stamp then
    return { "stale", reason }
  end
  spared.unread = prefix .. id
  return begin(id, token, false, nil, stamp)
end

local finished, started = {}, {}
for i = 1, finishCount do
  local ok, result = pcall(finish, unpack(takeArguments(7)))
  finished[i] = ok and result or (type(result) == "table" and result.err or tostring(result))
end
if newJobRecorder then
  beginRecording()
end
for i = 1, startCount do
  local id, stamp, token = unpack(takeArguments(3))
  local ok, result
  if stamp == "" then
    ok, result = pcall(recordAndStart, id, token, takeArguments(5))
  else
    ok, result = pcall(start, id, stamp, token)
  end
  started[i] = ok and result or { "error", type(result) == "table" and result.err or tostring(result) }
  tellsState = tellsState or started[i][1] ~= "active"
end
if endRecording then
  endRecording()
end

if not tellsState then
  return { finished, started }
end
local needsPump, waiting = queueState(prefix, waitKey, prioritizedKey)
return { finished, started, needsPump, waiting }
