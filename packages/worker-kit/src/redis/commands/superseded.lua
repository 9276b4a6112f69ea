--[[
  Which of a worker's running deliveries are no longer the current one of their job (R2):
  the job was taken over, removed or moved on, and the delivery only holds a slot.
  Not among them are those that Redis may have lost (R7): their message is all there is of them.

  KEYS
    1  any key of the queue
    2  clock
  ARGV
    1  key prefix
    2  ...  id, stamp, id, stamp, ...
  Result  ids
]]
noteExchangedServer(KEYS[2])
local result = {}
for i = 2, #ARGV, 2 do
  local stamp = ARGV[i + 1]
  if redis.call("HGET", ARGV[1] .. ARGV[i], "stamp") ~= stamp and not isLost(KEYS[2], tonumber(stamp)) then
    result[#result + 1] = ARGV[i]
  end
end
return result
