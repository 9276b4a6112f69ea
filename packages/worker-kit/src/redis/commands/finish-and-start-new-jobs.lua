--[[
  The same as finish-and-start-jobs, where at least one of the jobs that start is not recorded yet. What records it would be a tenth of
  the cost of a call that needs none of it.
]]
--- @include "includes/record-new-job"
--- @include "includes/finish-and-start"
