--[[
  Which of a worker's running deliveries are no longer the current one of their job (R2):
  the job was taken over, removed or moved on, and the delivery only holds a slot.

  KEYS
    1  any key of the queue
  ARGV
    1  key prefix
    2  ...  id, stamp, id, stamp, ...
  Result  ids
]]
local result = {}
for i = 2, #ARGV, 2 do
  if redis.call("HGET", ARGV[1] .. ARGV[i], "stamp") ~= ARGV[i + 1] then
    result[#result + 1] = ARGV[i]
  end
end
return result
