--[[
  Finds the place of a waiting job among those that start in turn. Jobs with a priority start after those without one. Looks at
  LIMIT jobs from each end of the list at most.

  KEYS
    1  wait
    2  prioritized
  ARGV
    1  id
    2  limit
  Result  1 for the next to start | 0: the job does not wait, or is far from both ends
]]
local rank = redis.call("ZRANK", KEYS[2], ARGV[1])
if rank then
  return redis.call("LLEN", KEYS[1]) + rank + 1
end
local index = redis.call("LPOS", KEYS[1], ARGV[1], "RANK", -1, "MAXLEN", ARGV[2])
  or redis.call("LPOS", KEYS[1], ARGV[1], "MAXLEN", ARGV[2])
return index and redis.call("LLEN", KEYS[1]) - index or 0
