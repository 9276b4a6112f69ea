--[[
  Gives the lock of an upload back, if the holder still has it.

  KEYS
    1  the lock
  ARGV
    1  token of the holder
  Result  1 if it was given back, else 0
]]
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
