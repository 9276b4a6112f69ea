/** Waits between two questions, in milliseconds: twice as long each time, up to the highest. */
const waits = { least: 2_000, most: 30_000 }

/** Asks the service something that the page needs, again until it answers: it may be restarting, or the connection away. What it
 *  refuses (4xx) is not asked again.
 *  @param ask - rejects with `ApiError` */
export async function askUntilAnswered(ask: () => Promise<void>): Promise<void> {
  for (let waitMs = waits.least; ; waitMs = Math.min(waits.most, waitMs * 2)) {
    try {
      return await ask()
    } catch (error) {
      const { status = 0 } = error as { status?: number }
      if (status >= 400 && status < 500 && status !== 429) return
      await untilWorthAsking(waitMs)
    }
  }
}

function untilWorthAsking(waitMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, waitMs)
  const wake = () => resolve()
  addEventListener('online', wake)
  return promise.finally(() => {
    clearTimeout(timer)
    removeEventListener('online', wake)
  })
}
