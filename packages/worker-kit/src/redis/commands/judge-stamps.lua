--[[
  Judges messages whose jobs have no record, or a record with another stamp (R7).

  KEYS
    1  clock
  ARGV
    1... stamps
  Result  for each "lost", "known" or "bogus": see includes/clock.lua
]]
--- @include "includes/clock"

noteServerReplaced(KEYS[1])
local verdicts = {}
for i, stamp in ipairs(ARGV) do
  verdicts[i] = judge(KEYS[1], tonumber(stamp))
end
return verdicts
