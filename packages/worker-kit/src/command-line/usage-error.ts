/** The command line was called in a wrong way: exit code 2. */
export class UsageError extends Error {
  readonly code = 'ERR_USAGE'

  constructor(message: string) {
    super(message)
    this.name = new.target.name
  }
}

/** What was asked for cannot be done: exit code 1. */
export class CommandError extends Error {
  readonly code:
    | 'ERR_UNKNOWN_QUEUE'
    | 'ERR_NOT_FOUND'
    | 'ERR_NOT_CONFIRMED'
    | 'ERR_INCOMPLETE'
    | 'ERR_NO_DEAD_LETTER_QUEUE'

  constructor(code: CommandError['code'], message: string) {
    super(message)
    this.name = new.target.name
    this.code = code
  }
}
