import type { Connections } from './connections.ts'
import type { CommandLine, CommandRules } from './parse-command-line.ts'
import type { CommandResult } from './result.ts'

export interface CommandContext {
  connections: Connections
  /** The queue, where the command takes one. */
  queueName: string
  /** What stands after the queue. */
  ids: string[]
  options: CommandLine['options']
  /** Asks on a terminal; `undefined` when there is nobody to ask. */
  confirm: (question: string) => Promise<boolean | undefined>
  /** Longest line, in characters. */
  width: number
}

export interface Command extends CommandRules {
  run(context: CommandContext): Promise<CommandResult>
}
