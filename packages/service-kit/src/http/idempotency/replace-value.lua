-- Replaces a value that nobody has changed meanwhile.
-- KEYS[1]  the key
-- ARGV[1]  its value as the caller knows it
-- ARGV[2]  its new value; empty: the key is deleted
-- ARGV[3]  how long the new value is kept, in milliseconds
-- Result:  1, or 0 when the value is another one
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
end
return 1
