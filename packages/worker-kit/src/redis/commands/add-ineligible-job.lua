--[[
  Adds a job that is not published at once, by a step of BullMQ: one with a delay, with a priority, or with children.
  BullMQ's step is `step` here: the command is made once for each, see add-ineligible-job.ts.
  The job gets no stamp. Its id must not be one that was given out before Redis lost the counter (R7).

  KEYS  BullMQ's of the step, then
    last  clock
  ARGV  BullMQ's of the step, then
    last  "1" if the caller knows that the queue had a clock, else "0"
  Result  BullMQ's
]]
--- @include "includes/clock"

noteServerReplaced(KEYS[#KEYS], ARGV[#ARGV] == "1")
return step(KEYS, ARGV)
