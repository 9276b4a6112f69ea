--[[
  Shared by the scripts that must notice that the server was started anew or exchanged (R7, R8).
]]
--- Names this run of the server; "" when the user may not ask. Then only a lost clock tells of a gap, and no owner is gone.
local function runId()
  local info = redis.pcall("INFO", "server")
  return type(info) == "string" and string.match(info, "run_id:(%w+)") or ""
end
