import type { Project } from './project.ts'
import type { Terminal } from './terminal.ts'

/** Everything that a command works with. */
export interface CommandContext {
  project: Project
  terminal: Terminal
  /** Environment of `./jackalope`. */
  env: Record<string, string | undefined>
  /** Folder in which `./jackalope` was called. */
  cwd: string
  /** Aborted by Ctrl-C, SIGTERM and SIGHUP. */
  signal: AbortSignal
}

/** One command of the command line. */
export interface Command {
  /** Checks the arguments after the command's name, then does the work; resolves with the exit code.
   *  @throws {UsageError} before anything is done
   *  @throws {CliError} */
  run(args: string[], context: CommandContext): Promise<number>
}
