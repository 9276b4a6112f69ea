import type { Cell } from './jail/cell.ts'
import { limitedArguments, type ToolLimits } from './limits.ts'
import { withoutNetwork } from './network-namespace.ts'

/** A command that runs a program with limits, without a network where the platform can, and with an environment that
 *  holds no secret of ours. */
export interface ConfinedCommand {
  command: string
  args: string[]
  env: Record<string, string>
}

/** @param path - path or name of the program. If it cannot be started, the command ends with 126 or 127
 *  @param cell - where it runs. @default the file system and user of this process */
export async function confine(
  path: string,
  args: readonly string[],
  limits: ToolLimits,
  cell?: Cell,
): Promise<ConfinedCommand> {
  const [command, ...rest] = [
    ...(cell?.enter ?? (await withoutNetwork())),
    '/bin/sh',
    ...limitedArguments(path, args, limits),
  ]
  return { command: command ?? '/bin/sh', args: rest, env: toolEnvironment() }
}

/** The tools decode what strangers send: they get none of the passwords that this process was started with. */
function toolEnvironment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' }
}
