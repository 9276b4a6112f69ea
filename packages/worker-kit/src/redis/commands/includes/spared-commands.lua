--[[
  Commands of BullMQ's steps that one script need not send to Redis again for each job. A command costs 0.4 to 4 us. The
  steps stay as BullMQ wrote them: this is what they know as `redis`.
]]

--- What is spared. A command file sets these before it calls a step.
local spared = {
  --- Key of a hash that is read once: nobody else writes while a script runs.
  meta = nil,
  --- Key in place of delayed: nothing is in it.
  empty = nil,
  --- Key in place of the marker: nothing is to be written to it.
  scratch = nil,
  --- Key of a job that is about to be recorded: it is known that there is none.
  missing = nil,
  --- Fields and values that are stored with those of that job, and replace them; nil when that is done.
  moreFields = nil,
  --- Key of a job of which the worker knows all fields: they are not read.
  unread = nil,
}

local redis = (function()
  local call = redis.call
  local meta, isTrimmed

  local function readMeta()
    local all = call("HGETALL", spared.meta)
    meta = {}
    for i = 1, #all, 2 do
      meta[all[i]] = all[i + 1]
    end
    return meta
  end

  local function fieldsOfMeta(_, ...)
    local fields, values = meta or readMeta(), { ... }
    for i = 1, #values do
      values[i] = fields[values[i]] or false
    end
    return values
  end

  local function storeWithMoreFields(...)
    local values, count = { ... }, select("#", ...)
    for i, value in ipairs(spared.moreFields or {}) do
      values[count + i] = value
    end
    spared.moreFields = nil
    return call("HMSET", unpack(values))
  end

  -- One function: a call of a script with few jobs costs less than what it would take to define more of them.
  local function sparingCall(command, ...)
    local key, field = ...
    if key == spared.meta then
      if command == "HGET" then
        return (meta or readMeta())[field] or false
      elseif command == "HMGET" then
        return fieldsOfMeta(...)
      elseif command == "HSET" then
        meta = nil
      end
    elseif command == "XTRIM" then
      -- Once is enough: events are trimmed in blocks of about 100 anyway.
      if isTrimmed then
        return 0
      end
      isTrimmed = true
    elseif command == "ZADD" and key == spared.scratch then
      return 0
    elseif command == "ZRANGEBYSCORE" and key == spared.empty then
      return {}
    elseif command == "HGETALL" and key == spared.unread then
      return {}
    elseif command == "EXISTS" and key == spared.missing then
      return 0
    elseif command == "HMSET" and key == spared.missing then
      return storeWithMoreFields(...)
    end
    return call(command, ...)
  end

  return setmetatable({ call = sparingCall }, { __index = redis })
end)()
