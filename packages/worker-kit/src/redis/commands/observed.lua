--[[
  A step of BullMQ that adds a job which cannot run yet, so that it is not stamped.
  Its id must be none of those that were given out before Redis lost them (R7).

  KEYS  BullMQ's, then the last
    clock
  ARGV  BullMQ's, then the last
    "1" when the caller knows that the queue had a clock
  Result  BullMQ's
]]
noteExchangedServer(KEYS[#KEYS], ARGV[#ARGV] == "1")
return step(KEYS, ARGV)
