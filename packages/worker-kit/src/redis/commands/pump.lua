--[[
  Promotes delayed jobs whose time has come, and stamps eligible jobs that have no stamp (R5): at both ends of wait,
  in one stretch of its middle. Jobs whose turn depends on what else waits are published only when a worker can take
  them: the newest of those with lifo, and, while wait is empty, the first of the prioritized.
  BullMQ puts some jobs ahead of the line (parents, stalled jobs), but their messages come last. As many as a worker can
  take start before the line all the same; the others go to the place in wait that their messages have.

  KEYS  BullMQ's of moveToActive (1-11), but: 9 is a scratch key that says "paused", so that the step promotes and
        starts nothing. Then
    12  clock
    13  moved-on
    14  meta
  ARGV
    1   key prefix
    2   now, in milliseconds
    3   ids to look at in each place
    4   cursor: where the stretch begins, counted from the next job in line
    5   prioritized jobs that may be published
    6   jobs with lifo, and jobs ahead of the line, that a worker can take
  Result  { { { hash, id, stamp, "next" or "" }, ... }, time of the next delayed job in milliseconds or "", next cursor }
  "next" is a job to be started before those whose messages are ahead of its own.
]]
--- How often one call looks at the head of the line, while it finds it full of jobs ahead of the line: they are to be out of
--- the way soon, and a script must not hold Redis for long.
local MOST_LOOKS = 3

local prefix, count, cursor = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4])
local waitKey, prioritizedKey, delayedKey = KEYS[1], KEYS[3], KEYS[7]

noteExchangedServer(KEYS[12])
local nextDelayed = redis.call("ZRANGE", delayedKey, 0, 0, "WITHSCORES")[2]
if nextDelayed and tonumber(nextDelayed) / 0x1000 <= tonumber(ARGV[2]) then
  redis.call("HSET", KEYS[9], "paused", 1)
  bullmq.moveToActive(KEYS, { prefix, ARGV[2], cmsgpack.pack({ token = "0" }) })
  redis.call("DEL", KEYS[9])
  nextDelayed = redis.call("ZRANGE", delayedKey, 0, 0, "WITHSCORES")[2]
end

local limits = redis.call("HMGET", KEYS[14], "paused", "concurrency")
local isHeld = limits[1] or (limits[2] and redis.call("LLEN", KEYS[2]) >= tonumber(limits[2]))
local prioritizedLeft = isHeld and 0 or tonumber(ARGV[5])
local firstLeft = isHeld and 0 or tonumber(ARGV[6])

local jobs = {}
local function publish(id, jobKey)
  local stamp = stampJob(jobKey, KEYS[12], KEYS[13])
  jobs[#jobs + 1] = { redis.call("HGETALL", jobKey), id, stamp, "" }
  return jobs[#jobs]
end

-- Lists are read from the next job in line, which is wait's tail, towards the newest.
local function look(from, to, visit)
  local ids = redis.call("LRANGE", waitKey, from, to)
  for i = #ids, 1, -1 do
    local jobKey = prefix .. ids[i]
    local known = redis.call("HMGET", jobKey, "name", "stamp", "opts", "lifo")
    if known[1] then
      visit(ids[i], jobKey, known[2], isLifo(known[3], known[4]))
    end
  end
  return #ids
end

local function isStamped(id)
  return id and redis.call("HEXISTS", prefix .. id, "stamp") == 1
end

local lifoJobs = {}
-- Whether the line goes on with jobs that are published in the order in which they came.
local inOrder = false
-- Whether there is a line of jobs whose messages are on their way. Its newest may have none yet.
local hasLine = isStamped(redis.call("LINDEX", waitKey, 0)) or isStamped(redis.call("LINDEX", waitKey, count))
-- Whether it has not begun yet.
local isAhead = hasLine
local foundAhead, moved = false, 0

-- Of a job that stands before others whose messages are before its own: to leave it there would make every start of
-- theirs search beyond it.
local function publishAhead(id, jobKey)
  foundAhead = true
  if isAhead and isHeld then
    return
  end
  if isAhead and firstLeft > 0 then
    firstLeft = firstLeft - 1
    publish(id, jobKey)[4] = "next"
    return
  end
  moved = moved + 1
  publish(id, jobKey)
  redis.call("LREM", waitKey, -1, id)
  redis.call("LPUSH", waitKey, id)
end

local function publishNext(id, jobKey, stamp, lifo)
  inOrder = inOrder or not lifo
  isAhead = isAhead and not stamp
  if stamp then
    return
  end
  if lifo then
    if not inOrder and firstLeft > 0 then
      firstLeft = firstLeft - 1
      lifoJobs[#lifoJobs + 1] = publish(id, jobKey)
    end
  elseif hasLine then
    publishAhead(id, jobKey)
  else
    publish(id, jobKey)
  end
end
for looks = 1, MOST_LOOKS do
  look(-count, -1, publishNext)
  -- Where many are ahead of the line, those behind them come into sight.
  if moved < looks * count / 2 then
    break
  end
end
local length = redis.call("LLEN", waitKey)
for _, job in ipairs(lifoJobs) do
  job[4] = (inOrder or length > count) and "next" or ""
end

local function publishUnstamped(id, jobKey, stamp, lifo)
  if not stamp and not lifo then
    publish(id, jobKey)
  end
end
-- Behind jobs that other workers are about to start.
local function publishBehindNext(id, jobKey, stamp, lifo)
  if not stamp and not lifo then
    publishAhead(id, jobKey)
  end
end
-- The stretch waits until none is ahead of the line: what is in it may be, too.
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

return { jobs, nextDelayed and tostring(math.floor(tonumber(nextDelayed) / 0x1000)) or "", cursor }
