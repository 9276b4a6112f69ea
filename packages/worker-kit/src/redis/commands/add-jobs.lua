--[[
  Adds jobs that may run at once, and stamps each in the same step (R4, R5).
  Only the call that creates a job stamps it. The reply for a duplicate that still waits has its existing stamp.
  An error in one job does not stop the others.

  KEYS
    1-8  BullMQ's of addStandardJob
    9    scratch key in place of the marker: our workers need none for these jobs
    10   clock
    11   marker, for a job that needs the pump (one with the option lifo), and for workers without the backend
    12   owners: the workers with the backend
  ARGV
    1    "1" if the caller knows that the queue had a clock, else "0"
    2    key prefix
    3... for each job: the wanted id or "", "1" for the option lifo or "0", BullMQ's (1-3) of addStandardJob
  Result  for each job { id, stamp or "", 1 if it was created or 0 }, BullMQ's negative error code, or the text of an error
]]
--- @bullmq addStandardJob
--- @include "includes/stamping"

local clockKey, idKey, prefix = KEYS[10], KEYS[4], ARGV[2]
noteServerReplaced(clockKey, ARGV[1] == "1")

local function add(wantedId, lifo, packed, data, opts)
  local existed = wantedId ~= "" and redis.call("EXISTS", prefix .. wantedId) == 1
  local id = bullmq.addStandardJob(KEYS, { packed, data, opts })
  if type(id) == "number" and id < 0 then
    return id
  end
  id = tostring(id)

  local expectedId = wantedId ~= "" and wantedId or redis.call("GET", idKey)
  if id == expectedId and not existed then
    if lifo == "1" then
      -- BullMQ sets its marker if a worker may take the job now.
      if redis.call("DEL", KEYS[9]) == 1 then
        redis.call("ZADD", KEYS[11], 0, "0")
      end
      return { id, "", 1 }
    end
    return { id, stampNewJob(prefix .. id, clockKey), 1 }
  end
  local stamp = redis.call("HGET", prefix .. id, "stamp")
  if stamp and redis.call("EXISTS", prefix .. id .. ":lock") == 0 then
    return { id, stamp, 0 }
  end
  return { id, "", 0 }
end

local result = {}
for i = 3, #ARGV, 5 do
  local ok, added = pcall(add, ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4])
  result[#result + 1] = ok and added or (type(added) == "table" and added.err or tostring(added))
end
-- Where no worker with the backend has announced itself, workers without it may be waiting for BullMQ's marker.
if redis.call("DEL", KEYS[9]) == 1 and redis.call("EXISTS", KEYS[12]) == 0 then
  redis.call("ZADD", KEYS[11], 0, "0")
end
return result
