--[[
  Promotes delayed jobs that are due, and stamps eligible jobs that have no stamp, so that the pump can publish them (R5).
  It looks at both ends of wait, and at one stretch of its middle.
  Two kinds of jobs are stamped only when a worker can take them, because their turn depends on what else waits: the newest
  jobs with lifo, and, while wait is empty, the first of the prioritized jobs.
  BullMQ puts some jobs ahead of the line (parents, stalled jobs), but their messages are published last. As many of them as a
  worker can take start before the line all the same. The others move to the place in wait that their messages have.

  KEYS
    1-11  BullMQ's of moveToActive, but 9 is a scratch key in place of meta. It says "paused", so that BullMQ promotes jobs and
          starts none
    12    clock
    13    moved-on
    14    meta
  ARGV
    1  key prefix
    2  now, in milliseconds
    3  how many ids to look at in each place
    4  cursor: where the stretch begins, counted from the next job in line
    5  how many prioritized jobs may be stamped
    6  how many jobs with lifo, and jobs ahead of the line, a worker can take
    7  "1" if jobs wait at the broker of which Redis knows nothing, else "0"
  Result  { { { hash, id, stamp, "next" or "" }, ... }, time of the next delayed job in milliseconds or "", next cursor,
            jobs in wait and prioritized }
    A worker must start a "next" job before the jobs whose messages are ahead of its own.
]]
--- @bullmq moveToActive
--- @include "includes/stamping"

--- How often one call looks at the head of the line, if that is full of jobs ahead of the line. They must make way soon, and a
--- script must not hold Redis for long.
local MAX_LOOKS = 3

local prefix, count, cursor = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4])
local waitKey, prioritizedKey, delayedKey = KEYS[1], KEYS[3], KEYS[7]

local nextDelayed = redis.call("ZRANGE", delayedKey, 0, 0, "WITHSCORES")[2]
if nextDelayed and tonumber(nextDelayed) / 0x1000 <= tonumber(ARGV[2]) then
  redis.call("HSET", KEYS[9], "paused", 1)
  bullmq.moveToActive(KEYS, { prefix, ARGV[2], cmsgpack.pack({ token = "0" }) })
  redis.call("DEL", KEYS[9])
  nextDelayed = redis.call("ZRANGE", delayedKey, 0, 0, "WITHSCORES")[2]
end

local function countWaiting()
  return redis.call("LLEN", waitKey) + redis.call("ZCARD", prioritizedKey)
end
local function reply(jobs, nextCursor, waiting)
  return { jobs, nextDelayed and tostring(math.floor(tonumber(nextDelayed) / 0x1000)) or "", nextCursor, waiting }
end

-- Nothing is stamped: nobody has to know which server this is.
if countWaiting() == 0 then
  return reply({}, count, 0)
end
noteServerReplaced(KEYS[12])

local limits = redis.call("HMGET", KEYS[14], "paused", "concurrency")
local isHeld = limits[1] or (limits[2] and redis.call("LLEN", KEYS[2]) >= tonumber(limits[2]))
local prioritizedLeft = isHeld and 0 or tonumber(ARGV[5])
local headLeft = isHeld and 0 or tonumber(ARGV[6])

local jobs = {}
local function publish(id, jobKey)
  local stamp = stampJob(jobKey, KEYS[12], KEYS[13])
  jobs[#jobs + 1] = { redis.call("HGETALL", jobKey), id, stamp, "" }
  return jobs[#jobs]
end

-- Visits jobs from the next in line, which is the tail of wait, towards the newest.
local function look(from, to, visit)
  local ids = redis.call("LRANGE", waitKey, from, to)
  for i = #ids, 1, -1 do
    local jobKey = prefix .. ids[i]
    local known = redis.call("HMGET", jobKey, "name", "stamp", "lifo")
    if known[1] then
      visit(ids[i], jobKey, known[2], known[3])
    end
  end
  return #ids
end

-- Most jobs are stamped, and need not be asked: decoding their options would be most of a look.
local function hasLifo(jobKey, mark)
  return isLifo(not mark and redis.call("HGET", jobKey, "opts"), mark)
end

local function isStamped(id)
  return id and redis.call("HEXISTS", prefix .. id, "stamp") == 1
end

local lifoJobs = {}
-- Whether a job was visited that is published in the order of arrival: the newest jobs with lifo end there.
local inOrder = false
-- Whether there is a line: jobs whose messages are on their way. The newest of them may have no message yet.
local hasLine = isStamped(redis.call("LINDEX", waitKey, 0)) or isStamped(redis.call("LINDEX", waitKey, count))
-- Whether all visited jobs were ahead of the line.
local isAhead = hasLine
local foundAhead, moved = false, 0

-- Publishes a job that stands before others whose messages are ahead of its own. If it stayed there, every start of those
-- others would have to search beyond it.
local function publishAhead(id, jobKey)
  foundAhead = true
  if isAhead and isHeld then
    return
  end
  if isAhead and headLeft > 0 then
    headLeft = headLeft - 1
    publish(id, jobKey)[4] = "next"
    return
  end
  moved = moved + 1
  publish(id, jobKey)
  redis.call("LREM", waitKey, -1, id)
  redis.call("LPUSH", waitKey, id)
end

local function publishNext(id, jobKey, stamp, mark)
  isAhead = isAhead and not stamp
  if stamp then
    inOrder = inOrder or not hasLifo(jobKey, mark)
    return
  end
  local lifo = hasLifo(jobKey, mark)
  inOrder = inOrder or not lifo
  if lifo then
    if not inOrder and headLeft > 0 then
      headLeft = headLeft - 1
      lifoJobs[#lifoJobs + 1] = publish(id, jobKey)
    end
  elseif hasLine then
    publishAhead(id, jobKey)
  else
    publish(id, jobKey)
  end
end
for looks = 1, MAX_LOOKS do
  look(-count, -1, publishNext)
  -- Where many jobs moved, look again: the jobs behind them have come into reach.
  if moved < looks * count / 2 then
    break
  end
end
local length = redis.call("LLEN", waitKey)
for _, job in ipairs(lifoJobs) do
  job[4] = (inOrder or length > count or ARGV[7] == "1") and "next" or ""
end

local function publishUnstamped(id, jobKey, stamp, mark)
  if not stamp and not hasLifo(jobKey, mark) then
    publish(id, jobKey)
  end
end
-- For the stretch right behind the head, whose jobs other workers are about to start.
local function publishBehindNext(id, jobKey, stamp, mark)
  if not stamp and not hasLifo(jobKey, mark) then
    publishAhead(id, jobKey)
  end
end
-- Leave the stretch out while jobs are ahead of the line: the jobs in it may be ahead, too.
if not isAhead and not foundAhead then
  local seen = look(-cursor - count, -cursor - 1, hasLine and cursor == count and publishBehindNext or publishUnstamped)
  if not foundAhead then
    cursor = seen < count and count or cursor + count
  end
end
if length > count then
  look(0, math.min(count, length - count) - 1, publishUnstamped)
end
if length == 0 and prioritizedLeft > 0 then
  for _, id in ipairs(redis.call("ZRANGE", prioritizedKey, 0, prioritizedLeft - 1)) do
    local known = redis.call("HMGET", prefix .. id, "name", "stamp")
    if known[1] and not known[2] then
      publish(id, prefix .. id)
    end
  end
end

return reply(jobs, cursor, countWaiting())
