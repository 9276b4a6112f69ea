--[[
  Tells what became of the jobs of dead letters since the letters were written (R9).
  A letter is open if its job is failed and has the letter's stamp in its field `dead`. If the record of the job is gone, the
  letter is open unless moved-on has its stamp.

  KEYS
    1  failed
    2  completed
    3  moved-on
  ARGV
    1    key prefix
    2... id, stamp of each letter
  Result  for each letter { "failed" | "completed" | "unfinished" | "removed", 1 if the letter is open or 0 }
]]
local states = {}
for i = 2, #ARGV, 2 do
  local id, stamp = ARGV[i], ARGV[i + 1]
  local jobKey = ARGV[1] .. id
  local state, isOpen
  if redis.call("EXISTS", jobKey) == 0 then
    state, isOpen = "removed", not redis.call("ZSCORE", KEYS[3], stamp)
  elseif redis.call("ZSCORE", KEYS[1], id) then
    state, isOpen = "failed", redis.call("HGET", jobKey, "dead") == stamp
  else
    state, isOpen = redis.call("ZSCORE", KEYS[2], id) and "completed" or "unfinished", false
  end
  states[#states + 1] = { state, isOpen and 1 or 0 }
end
return states
