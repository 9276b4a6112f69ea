--[[
  Notes an upload that begins, or that it still runs, and adds up the others.

  KEYS
    1  the uploads that run: a hash, its values "EXPIRY OWNER BYTES REMAINING"
  ARGV
    1  id of the upload; what is the same up to the first colon is the same upload
    2  its owner
    3  bytes that it may store
    4  bytes of them that are not stored yet
    5  now, in milliseconds
    6  how long the note holds without being renewed, in milliseconds
  Result  uploads of the same owner, bytes that they may store, bytes that all others have yet to store
]]
local now = tonumber(ARGV[5])
local subject = string.match(ARGV[1], '^[^:]+')
local count, bytes, remaining = 0, 0, 0
local all = redis.call('HGETALL', KEYS[1])
for index = 1, #all, 2 do
  local expiry, owner, size, rest = string.match(all[index + 1], '^(%S+) (%S+) (%S+) (%S+)$')
  if not expiry or tonumber(expiry) < now then
    redis.call('HDEL', KEYS[1], all[index])
  elseif string.match(all[index], '^[^:]+') ~= subject then
    remaining = remaining + tonumber(rest)
    if owner == ARGV[2] then
      count = count + 1
      bytes = bytes + tonumber(size)
    end
  end
end
local expiry = string.format('%d', now + tonumber(ARGV[6]))
redis.call('HSET', KEYS[1], ARGV[1], expiry .. ' ' .. ARGV[2] .. ' ' .. ARGV[3] .. ' ' .. ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return { count, string.format('%.0f', bytes), string.format('%.0f', remaining) }
