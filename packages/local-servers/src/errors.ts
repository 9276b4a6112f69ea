export type LocalServerErrorCode =
  /** A program or package that a server needs is missing and cannot be installed. */
  | 'ERR_PROGRAM_MISSING'
  /** Installing a program failed. */
  | 'ERR_INSTALL_FAILED'
  /** A process ended during its start, or did not answer in time. */
  | 'ERR_START_FAILED'
  /** A process is still there after SIGKILL. */
  | 'ERR_STOP_FAILED'
  /** A wanted port is in use, or no free one was found. */
  | 'ERR_PORT_TAKEN'

/** Base of this package's own errors. The message says what to do; show it without a stack trace. */
export class LocalServerError extends Error {
  readonly code: LocalServerErrorCode

  constructor(code: LocalServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}
