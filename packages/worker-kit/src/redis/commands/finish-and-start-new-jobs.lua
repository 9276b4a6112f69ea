--[[
  The same as finish-and-start-jobs, where some of the jobs that start are not recorded yet. What records them would be a tenth of the
  cost of a call that needs none of it.
]]
--- @include "includes/record-new-job"
--- @include "includes/finish-and-start"
