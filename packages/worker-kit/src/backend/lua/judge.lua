--[[
  Which messages without their record are of jobs that Redis may have lost (R7).

  KEYS
    1  clock
  ARGV
    1 ...  stamps
  Result  for each "lost", "known" (the job was removed, or is finished) or "bogus" (no server gave such a stamp)
]]
local MOST_AHEAD_MICROS = 86400 * 1000000

noteExchangedServer(KEYS[1])
local latest = microsNow() + MOST_AHEAD_MICROS
local verdicts = {}
for i, text in ipairs(ARGV) do
  local stamp = tonumber(text)
  verdicts[i] = stamp > latest and "bogus" or isLost(KEYS[1], stamp) and "lost" or "known"
  if verdicts[i] == "lost" then
    raiseIdCounter(KEYS[1], microsNow())
  end
end
return verdicts
