export type LocalServerErrorCode =
  /** A program or package that a server needs is neither on this machine nor can be installed. */
  | 'ERR_PROGRAM_MISSING'
  /** Installing a program failed. */
  | 'ERR_INSTALL_FAILED'
  /** A process ended, or did not answer in time, while it was started. */
  | 'ERR_START_FAILED'
  /** A process is still there after SIGKILL. */
  | 'ERR_STOP_FAILED'
  /** A wanted port is in use, or no free one was found. */
  | 'ERR_PORT_TAKEN'

/** Every error that this package throws on its own account; the message says what to do and has no stack trace to show. */
export class LocalServerError extends Error {
  readonly code: LocalServerErrorCode

  constructor(code: LocalServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}
