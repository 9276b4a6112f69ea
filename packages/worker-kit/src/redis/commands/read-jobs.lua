--[[
  Reads several jobs with their states at one moment. A job that Redis knows and that is in no other state waits: looking it
  up in the list wait would take time in proportion to the list.

  KEYS
    1-4  completed, failed, delayed, waiting-children
  ARGV
    1    key prefix
    2... ids
  Result  for each id { state, fields of FIELDS } | { "unreadable", error } | false: there is no such job
]]
local FIELDS = { "data", "opts", "progress", "atm", "timestamp", "processedOn", "finishedOn", "failedReason", "stacktrace",
  "returnvalue" }
local SETS = { "completed", "failed", "delayed", "waiting-children" }

local function stateOf(id, jobKey)
  for i, state in ipairs(SETS) do
    if redis.call("ZSCORE", KEYS[i], id) then
      return state
    end
  end
  return redis.call("EXISTS", jobKey .. ":lock") == 1 and "active" or "waiting"
end

local jobs = {}
for i = 2, #ARGV do
  local id = ARGV[i]
  local jobKey = ARGV[1] .. id
  if redis.call("EXISTS", jobKey) == 0 then
    jobs[#jobs + 1] = false
  else
    local values = redis.pcall("HMGET", jobKey, unpack(FIELDS))
    if values.err then
      jobs[#jobs + 1] = { "unreadable", values.err }
    else
      table.insert(values, 1, stateOf(id, jobKey))
      jobs[#jobs + 1] = values
    end
  end
end
return jobs
