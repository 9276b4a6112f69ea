const signals = ['SIGTERM', 'SIGINT'] as const

/** Calls back at the first SIGTERM or SIGINT, and at the second.
 *  @returns a function that ends it: later signals do what they did before */
export function onSignals(onFirst: () => void, onSecond: () => void): () => void {
  let count = 0
  const listener = () => {
    count += 1
    if (count === 1) onFirst()
    else if (count === 2) onSecond()
  }
  for (const signal of signals) process.on(signal, listener)
  return () => {
    for (const signal of signals) process.off(signal, listener)
  }
}
