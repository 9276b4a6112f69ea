--[[
  Shared by the scripts that stamp jobs or judge messages (R7): the queue's clock, and the gaps in what Redis remembers.

  The clock is a hash
    last  the last stamp given out, in microseconds
    run   run_id of the server process that gave it
    gaps  "from-to from-to ...": of the stamps with from < stamp <= to nothing is known, oldest gap first
  A server process that is not the one that gave the last stamp was restarted, from its files or from an older snapshot,
  or is a replica that took over. What was stamped after `last` may then be lost. Without a clock all is lost.
]]

--- A server needs longer to be exchanged than this, in microseconds; until then it is not asked who it is (4.8 us).
local EXCHANGE_MICROS = 2000
--- The clock leaps by this when stamps were lost, so that no new stamp falls among those of a server whose clock was ahead,
--- or had leapt itself.
local CLOCK_SKEW_MICROS = 1000000
--- Beyond that many the oldest two become one: jobs that were removed between them, that long ago, come back.
local MAX_GAPS = 64

local function microsNow()
  local now = redis.call("TIME")
  return tonumber(now[1]) * 1000000 + tonumber(now[2])
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

--- No id that was given out in a gap is to be given out again: the counter leaps to where no queue can have counted since
--- 2025, 100 ids a millisecond. (Unix milliseconds are passed by a queue that adds more than 1000 jobs a second for long.)
local function raiseIdCounter(clockKey, now)
  local idKey = string.sub(clockKey, 1, -#"clock" - 1) .. "id"
  local least = math.floor((now / 1000 - 1735689600000) * 100)
  if tonumber(redis.call("GET", idKey) or 0) < least then
    redis.call("SET", idKey, string.format("%.0f", least))
  end
end

--- To be called once by every script that stamps, adds or judges, before it does.
--- A queue without a clock is new, or was flushed: the caller may know that it had one. If not, its ids begin at 1 as BullMQ's
--- do, until the first message shows that there were others.
local function noteExchangedServer(clockKey, hadClock)
  local known = redis.call("HMGET", clockKey, "last", "run")
  local last, now = tonumber(known[1]), microsNow()
  if last and now > last and now - last < EXCHANGE_MICROS then
    return
  end
  local run = runId()
  if last and run == known[2] then
    return
  end
  local wasInUse = last or hadClock
  recordGap(clockKey, last or 0, wasInUse and math.max(last or 0, now) + CLOCK_SKEW_MICROS or now)
  redis.call("HSET", clockKey, "run", run)
  if wasInUse then
    raiseIdCounter(clockKey, now)
  end
end

--- Whether Redis may have lost the job that was stamped so. A stamp that this clock has not reached yet is one of a server
--- that was exchanged, whose clock was further ahead than the leap, or one from before a flush, after a leap; there are
--- others beside it.
local function isLost(clockKey, stamp)
  local last = tonumber(redis.call("HGET", clockKey, "last") or 0)
  if stamp > last then
    recordGap(clockKey, last, stamp + CLOCK_SKEW_MICROS)
    return true
  end
  for _, gap in ipairs(readGaps(clockKey)) do
    if gap[1] < stamp and stamp <= gap[2] then
      return true
    end
  end
  return false
end

local MOST_AHEAD_MICROS = 86400 * 1000000

--- What a message is whose job's record is missing, or has another stamp: "lost" by Redis; "known": the job was removed,
--- has moved on or is finished; or "bogus": no server gave such a stamp.
local function judge(clockKey, stamp)
  local now = microsNow()
  if stamp > now + MOST_AHEAD_MICROS then
    return "bogus"
  elseif not isLost(clockKey, stamp) then
    return "known"
  end
  raiseIdCounter(clockKey, now)
  return "lost"
end
