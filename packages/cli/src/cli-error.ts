/** An error for the user: one clear line, no stack trace. */
export class CliError extends Error {
  /** Exit code of the command. */
  readonly exitCode: number

  constructor(message: string, options?: ErrorOptions & { exitCode?: number }) {
    super(message, options)
    this.name = new.target.name
    this.exitCode = options?.exitCode ?? 1
  }
}

/** A wrong call of a command: exit code 2. */
export class UsageError extends CliError {
  constructor(message: string, options?: ErrorOptions) {
    super(message, { ...options, exitCode: 2 })
  }
}
