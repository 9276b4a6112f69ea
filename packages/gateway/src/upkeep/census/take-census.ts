import type { UpkeepDeps, UpkeepRun } from '../upkeep-deps.ts'
import { countFailures } from './count-failures.ts'
import { countUsage } from './count-usage.ts'

/** Counts all files, for operators. The last step of the upkeep, so that it counts what is left. */
export async function takeCensus(deps: UpkeepDeps, { now, signal }: UpkeepRun): Promise<void> {
  if (!deps.censusMemory) return
  const usage = await countUsage(deps)
  signal.throwIfAborted()
  const failures = await countFailures(deps, { now, signal })
  await deps.censusMemory.remember({ at: new Date().toISOString(), ...usage, failures })
}
