/** A scrape asks for all metrics at once: calls made while a query runs share its result. */
export function sharedLook<T>(look: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | undefined
  return () => {
    current ??= look().finally(() => {
      current = undefined
    })
    return current
  }
}
