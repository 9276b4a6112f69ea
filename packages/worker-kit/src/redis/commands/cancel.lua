--[[
  Wishes that a job ends: notes it as BullMQ's deferred failure, with which whoever starts the job fails it for good, and
  which goes when the job goes (R1). The wish is in place before anything else happens, so it outlives whoever made it: a
  start, a retry, a takeover (R8) or a return to wait in the same moment meets it. BullMQ drops it when the job fails.
  A job that waits is taken by the caller, to be failed at once, as if it had been started: without its stamp no delivery
  starts it any more (R2). Were the caller to die now, its lock lapses, and the job is put back and started.
  Not taken are jobs of schedulers, whose start adds the next one, and parents that wait for their children.

  KEYS
    1-4  job hash, its lock, wait, prioritized
    5-9  delayed, active, completed, failed, waiting-children
  ARGV
    1  id
    2  the failure to be
    3  lock token of the caller
    4  how long the lock holds, in milliseconds
    5  channel that workers listen to
  Result  "unknown", "finished"; "taken": the caller is to fail it; "active"; "later"
]]
local jobKey, id = KEYS[1], ARGV[1]
if redis.call("EXISTS", jobKey) == 0 then
  return "unknown"
end
if redis.call("ZSCORE", KEYS[7], id) or redis.call("ZSCORE", KEYS[8], id) then
  return "finished"
end
-- A failure that was noted before, such as an earlier cancel's, stands.
redis.call("HSETNX", jobKey, "defa", ARGV[2])
if redis.call("LPOS", KEYS[6], id) then
  -- Where the user of Redis may not publish, workers find the wish by themselves.
  redis.pcall("PUBLISH", ARGV[5], cjson.encode({ id = id, failure = redis.call("HGET", jobKey, "defa") }))
  return "active"
end
if redis.call("ZSCORE", KEYS[9], id) or redis.call("HEXISTS", jobKey, "rjk") == 1 then
  return "later"
end
if redis.call("LREM", KEYS[3], -1, id) + redis.call("ZREM", KEYS[4], id) + redis.call("ZREM", KEYS[5], id) == 0 then
  return "later"
end
redis.call("LPUSH", KEYS[6], id)
redis.call("SET", KEYS[2], ARGV[3], "PX", ARGV[4])
redis.call("HDEL", jobKey, "stamp")
return "taken"
