/** Resolves as `run` does. After `timeoutMs` milliseconds it rejects, and the result of `run` is ignored.
 *  @throws {TimeLimitError} */
export async function withTimeLimit<T>(
  timeoutMs: number,
  message: string,
  run: () => Promise<T>,
): Promise<T> {
  const { promise: expired, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new TimeLimitError(message, timeoutMs)), timeoutMs)
  try {
    return await Promise.race([run(), expired])
  } finally {
    clearTimeout(timer)
  }
}

export class TimeLimitError extends Error {
  readonly code = 'ERR_TIME_LIMIT'

  constructor(message: string, timeoutMs: number) {
    super(`${message} within ${timeoutMs} ms`)
    this.name = new.target.name
  }
}
