--[[
  Promotes delayed jobs whose time has come, and stamps eligible jobs that have no stamp (R5): at both ends of wait,
  in one stretch of its middle, and, while wait is empty, as many of the prioritized as workers can take at once.

  KEYS  BullMQ's of moveToActive (1-11), but: 9 is a scratch key that says "paused", so that the step promotes and
        starts nothing. Then
    12  clock
    13  moved-on
  ARGV
    1   key prefix
    2   now, in milliseconds
    3   ids to look at in each place
    4   cursor: where the stretch begins, counted from the next job in line
    5   prioritized jobs that may be published
  Result  { { { hash, id, stamp }, ... }, time of the next delayed job in milliseconds or "", next cursor }
]]
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

local jobs = {}
local function publishUnstamped(id)
  local jobKey = prefix .. id
  local known = redis.call("HMGET", jobKey, "name", "stamp")
  if known[1] and not known[2] then
    local stamp = stampJob(jobKey, KEYS[12], KEYS[13])
    jobs[#jobs + 1] = { redis.call("HGETALL", jobKey), id, stamp }
  end
end

-- Lists are read from the next job in line, which is wait's tail, towards the newest.
local function look(from, to)
  local ids = redis.call("LRANGE", waitKey, from, to)
  for i = #ids, 1, -1 do
    publishUnstamped(ids[i])
  end
  return #ids
end

look(-count, -1)
local seen = look(-cursor - count, -cursor - 1)
look(0, count - 1)
if redis.call("LLEN", waitKey) == 0 and tonumber(ARGV[5]) > 0 then
  for _, id in ipairs(redis.call("ZRANGE", prioritizedKey, 0, tonumber(ARGV[5]) - 1)) do
    publishUnstamped(id)
  end
end

return { jobs, nextDelayed and tostring(math.floor(tonumber(nextDelayed) / 0x1000)) or "", seen < count and count or cursor + count }
