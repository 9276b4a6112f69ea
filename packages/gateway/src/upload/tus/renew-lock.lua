--[[
  Renews the lock of an upload.

  KEYS
    1  the lock
    2  whether another request wants the lock
  ARGV
    1  token of the holder
    2  how long the lock holds, in milliseconds
  Result  "lost": another request has the lock, or nobody | "wanted": the holder should end soon | "held"
]]
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'lost' end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('EXISTS', KEYS[2]) == 1 and 'wanted' or 'held'
