--[[
  The identity of the server process, by which a restart or a replaced server is noticed (R7, R8).
]]

--- @return the run_id of this server process; "" if the Redis ACL forbids INFO.
--- Without it only flushes are noticed, not restarts or failovers, and no owner of a lock counts as gone.
local function serverRun()
  local info = redis.pcall("INFO", "server")
  return type(info) == "string" and string.match(info, "run_id:(%w+)") or ""
end
