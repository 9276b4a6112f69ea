--[[
  Cancels a job: notes its failure as BullMQ's deferred failure, with which whoever starts the job fails it for good. The
  note goes when the job goes (R1), and BullMQ removes it when the job fails.
  The note is written before anything else happens, so it outlives the caller. A start, a retry, a takeover (R8) or a return
  to wait at the same moment meets it.
  A job that waits is handed to the caller as if it had been started, to be failed at once. It loses its stamp, so that no
  delivery starts it any more (R2). If the caller dies, its lock lapses, and the job is put back and started.
  Two kinds of jobs are not handed over: jobs of schedulers, because their start adds the next one, and parents that wait for
  their children.

  KEYS
    1-4  hash of the job, its lock, wait, prioritized
    5-9  delayed, active, completed, failed, waiting-children
  ARGV
    1  id
    2  the failure
    3  lock token of the caller
    4  how long that lock holds, in milliseconds
    5  channel that workers listen to
  Result  "unknown" | "finished" | "taken": the caller must fail it | "active": its worker is told | "later"
]]

local jobKey, id = KEYS[1], ARGV[1]
if redis.call("EXISTS", jobKey) == 0 then
  return "unknown"
end
if redis.call("ZSCORE", KEYS[7], id) or redis.call("ZSCORE", KEYS[8], id) then
  return "finished"
end
-- A failure that was noted before stands, such as that of an earlier cancel.
redis.call("HSETNX", jobKey, "defa", ARGV[2])
if redis.call("LPOS", KEYS[6], id) then
  -- If the Redis ACL forbids PUBLISH, workers find the note at their next look (canceled-jobs.lua).
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
