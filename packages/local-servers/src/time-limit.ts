/** Rejects when a promise has not settled within a time. The promise itself continues, and its result is ignored.
 *  @param what - subject of the message: `${what} did not end within 10 s`
 *  @throws {Error} after `limitMs` milliseconds */
export async function withTimeLimit<T>(what: string, limitMs: number, promise: Promise<T>): Promise<T> {
  const { promise: expired, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new Error(`${what} did not end within ${limitMs / 1_000} s`)),
    limitMs,
  )
  try {
    return await Promise.race([promise, expired])
  } finally {
    clearTimeout(timer)
  }
}
