import type { Project } from './project.ts'
import type { Terminal } from './terminal.ts'

/** What a command has to work with. */
export interface CommandContext {
  project: Project
  terminal: Terminal
  /** The environment that `./jackalope` was called with. */
  env: Record<string, string | undefined>
  /** The folder that `./jackalope` was called in. */
  cwd: string
  /** Aborted when the user presses Ctrl-C or the process is told to end. */
  signal: AbortSignal
}

/** One command of the command line. */
export interface Command {
  /** Checks the arguments after the command's name, then does the work; resolves with the exit code.
   *  @throws {UsageError} before anything is done
   *  @throws {CliError} */
  run(args: string[], context: CommandContext): Promise<number>
}
