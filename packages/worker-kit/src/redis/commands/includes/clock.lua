--[[
  The queue's clock, and the gaps in what Redis remembers (R7).

  The clock is a hash
    last  the last stamp given out, in microseconds
    run   run_id of the server process that gave it
    gaps  "from-to from-to ...", oldest first: nothing is known of the stamps with from < stamp <= to
    numbers  "unknown" until somebody adds who gives out ids: whether ids were given out before this clock
    drained  when the queue was last drained, by this server's clock, in microseconds
  If another server process gave the last stamp, the server was restarted, restored from a snapshot, or replaced by a
  replica. Redis may then have lost what was stamped after `last`. Without a clock Redis has lost everything.
]]
--- @include "server-run"

--- Replacing a server takes longer than this, in microseconds. So soon after a stamp, INFO (4.8 us) is not asked.
local REPLACE_MICROS = 2000
--- How far the clock leaps when stamps may be lost. New stamps then do not fall among those of the replaced server, whose
--- clock may have been ahead, or may have leapt itself.
local LEAP_MICROS = 1000000
--- With more gaps the two oldest become one. Jobs that were removed between those two, long ago, then come back.
local MAX_GAPS = 64

local nowMicros

--- The server's time, the same in all of the script.
local function microsNow()
  if not nowMicros then
    local time = redis.call("TIME")
    nowMicros = tonumber(time[1]) * 1000000 + tonumber(time[2])
  end
  return nowMicros
end

local function readGaps(clockKey)
  local gaps = {}
  for from, to in string.gmatch(redis.call("HGET", clockKey, "gaps") or "", "(%d+)%-(%d+)") do
    gaps[#gaps + 1] = { tonumber(from), tonumber(to) }
  end
  return gaps
end

local function recordGap(clockKey, from, to)
  local gaps = readGaps(clockKey)
  if #gaps > 0 and gaps[#gaps][2] >= from then
    gaps[#gaps][2] = to
  else
    gaps[#gaps + 1] = { from, to }
  end
  if #gaps > MAX_GAPS then
    gaps[2][1] = gaps[1][1]
    table.remove(gaps, 1)
  end
  for i, gap in ipairs(gaps) do
    gaps[i] = string.format("%.0f-%.0f", gap[1], gap[2])
  end
  redis.call("HSET", clockKey, "gaps", table.concat(gaps, " "), "last", string.format("%.0f", to))
end

--- Raises the id counter, so that no id that was given out in a gap is given out again. The counter leaps to 100 ids for
--- each millisecond since 2025: no queue can have counted so far. A queue that adds more than 1000 jobs a second for long
--- passes the plain Unix time in milliseconds.
local function raiseIdCounter(clockKey, now)
  local idKey = string.sub(clockKey, 1, -#"clock" - 1) .. "id"
  local least = math.floor((now / 1000 - 1735689600000) * 100)
  if tonumber(redis.call("GET", idKey) or 0) < least then
    redis.call("SET", idKey, string.format("%.0f", least))
  end
end

--- Records a gap if the server was replaced or flushed since the last stamp. A command that adds, stamps or judges calls
--- this once, before it does so.
--- @param hadClock - whether the caller has given out ids of the queue before; nil: it never does. Without a clock and without that
---   knowledge the queue counts as new, and its ids begin at 1 as BullMQ's do, until somebody knows, or the first message proves, that
---   there were others.
--- @return when the queue was last drained, by this server's clock, in microseconds; 0: never, or it is not known
local function noteServerReplaced(clockKey, hadClock)
  local known = redis.call("HMGET", clockKey, "last", "run", "numbers", "drained")
  local last, now = tonumber(known[1]), microsNow()
  if known[3] and hadClock ~= nil then
    redis.call("HDEL", clockKey, "numbers")
    if hadClock then
      raiseIdCounter(clockKey, now)
    end
  end
  local drainedAt = tonumber(known[4] or 0)
  if last and now > last and now - last < REPLACE_MICROS then
    return drainedAt
  end
  local run = serverRun()
  if last and run == known[2] then
    return drainedAt
  end
  -- Who gives out the ids of a new queue has given out no stamp yet. Nobody else can know.
  local isNew = not last and hadClock == false
  recordGap(clockKey, last or 0, isNew and now or math.max(last or 0, now) + LEAP_MICROS)
  redis.call("HSET", clockKey, "run", run)
  -- A time of the other server's clock.
  redis.call("HDEL", clockKey, "drained")
  if last or hadClock then
    raiseIdCounter(clockKey, now)
  elseif hadClock == nil then
    redis.call("HSET", clockKey, "numbers", "unknown")
  end
  return 0
end

--- @return whether Redis may have lost the job with this stamp.
--- If the clock has not reached the stamp, then a replaced server gave it whose clock was ahead by more than the leap; or
--- the clock had leapt and was then flushed. Other such stamps must be near it, so a gap is recorded.
local function isLost(clockKey, stamp)
  local last = tonumber(redis.call("HGET", clockKey, "last") or 0)
  if stamp > last then
    recordGap(clockKey, last, stamp + LEAP_MICROS)
    return true
  end
  for _, gap in ipairs(readGaps(clockKey)) do
    if gap[1] < stamp and stamp <= gap[2] then
      return true
    end
  end
  return false
end

--- No server's clock is ahead by more than this.
local MAX_AHEAD_MICROS = 86400 * 1000000

--- Judges a message whose job has no record, or a record with another stamp.
--- @return "lost": Redis may have lost the job; "known": the job was removed, has moved on or has finished;
---   "bogus": no server gave such a stamp
local function judge(clockKey, stamp)
  local now = microsNow()
  if stamp > now + MAX_AHEAD_MICROS then
    return "bogus"
  elseif not isLost(clockKey, stamp) then
    return "known"
  end
  raiseIdCounter(clockKey, now)
  return "lost"
end
