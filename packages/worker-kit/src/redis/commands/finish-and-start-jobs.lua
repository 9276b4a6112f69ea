--[[
  Finishes jobs, then starts jobs that are recorded. Keys, arguments and result: includes/finish-and-start.lua.
]]
local newJobRecorder
--- @include "includes/finish-and-start"
