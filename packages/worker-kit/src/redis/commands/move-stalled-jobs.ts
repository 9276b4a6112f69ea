import { requiredScripts, splitArguments } from '../bullmq-scripts.ts'
import { type CommandRunner, luaCommand } from '../command.ts'

const run = luaCommand('move-stalled-jobs', requiredScripts.moveStalledJobsToWait)

/** Runs BullMQ's check for stalled jobs, and clears the stamps of those that it put back into wait (R2).
 *  @param args - BullMQ's: keys, then arguments
 *  @returns ids of the stalled jobs */
export async function moveStalledJobsToWait(runner: CommandRunner, args: unknown[]): Promise<string[]> {
  const { keys, argv } = splitArguments('moveStalledJobsToWait', args)
  return (await run(runner, keys, argv)) as string[]
}
