import { requiredScripts, splitArguments } from '../bullmq-scripts.ts'
import { type CommandRunner, luaCommand } from '../command.ts'

const run = luaCommand('change-priority', requiredScripts.changePriority)

/** Moves a waiting job to another place in line, where it needs a new message (R2), in place of BullMQ's script.
 *  @param args - BullMQ's: keys, then arguments
 *  @returns what BullMQ's script returns */
export function changePriority(runner: CommandRunner, args: unknown[]): Promise<unknown> {
  const { keys, argv } = splitArguments('changePriority', args)
  return run(runner, keys, argv)
}
