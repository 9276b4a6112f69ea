--[[
  What messages are whose job's record is missing, or has another stamp (R7).

  KEYS
    1  clock
  ARGV
    1 ...  stamps
  Result  for each "lost", "known" or "bogus": see clock.lua
]]
noteExchangedServer(KEYS[1])
local verdicts = {}
for i, stamp in ipairs(ARGV) do
  verdicts[i] = judge(KEYS[1], tonumber(stamp))
end
return verdicts
