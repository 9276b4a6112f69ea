--[[
  Adds a job that may run at once, and stamps it in the same step (R4, R5).
  Only the call that creates a job stamps it. For a duplicate that still waits, its own stamp is given.

  KEYS  BullMQ's of addStandardJob (1-9; 9 is a marker nobody watches: this job needs no pump), then
    10  clock
    11  marker, for a job that needs the pump: one with the option lifo is published late
  ARGV  BullMQ's (1-3), then
    4   "1" when the caller knows that the queue had a clock
  Result  { id, stamp or "", created: 1 or 0 }, or BullMQ's negative error code
]]
noteExchangedServer(KEYS[10], ARGV[4] == "1")
local prefix = cmsgpack.unpack(ARGV[1])[1]
local wantedId = cmsgpack.unpack(ARGV[1])[2]
local existed = wantedId ~= "" and redis.call("EXISTS", prefix .. wantedId) == 1

local id = bullmq.addStandardJob(KEYS, ARGV)
local wantsWorker = redis.call("DEL", KEYS[9]) == 1
if type(id) == "number" and id < 0 then
  return id
end
id = tostring(id)

local expectedId = wantedId ~= "" and wantedId or redis.call("GET", KEYS[4])
if id == expectedId and not existed then
  if cmsgpack.unpack(ARGV[3]).lifo then
    if wantsWorker then
      redis.call("ZADD", KEYS[11], 0, "0")
    end
    return { id, "", 1 }
  end
  return { id, stampJob(prefix .. id, KEYS[10]), 1 }
end
local stamp = redis.call("HGET", prefix .. id, "stamp")
if stamp and redis.call("EXISTS", prefix .. id .. ":lock") == 0 then
  return { id, stamp, 0 }
end
return { id, "", 0 }
