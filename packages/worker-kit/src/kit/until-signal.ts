const signals = ['SIGTERM', 'SIGINT'] as const

/** Resolves at the first SIGTERM or SIGINT.
 *  @param onSecond - called at the next of them */
export async function untilSignal(onSecond: () => void): Promise<void> {
  const first = Promise.withResolvers<void>()
  const onFirst = () => first.resolve()
  for (const signal of signals) process.on(signal, onFirst)
  await first.promise
  for (const signal of signals) {
    process.off(signal, onFirst)
    process.once(signal, onSecond)
  }
}
