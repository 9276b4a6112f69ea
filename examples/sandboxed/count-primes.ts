// The work. It runs in a process of its own, where it may keep a core busy without holding up the worker.
import { setImmediate as turn } from 'node:timers/promises'
import type { SandboxedJob } from 'bullmq'

interface Task {
  below: number
}

/** BullMQ looks for the default export. */
export default async function countPrimes(
  job: SandboxedJob<Task>,
  _token?: string,
  signal?: AbortSignal,
): Promise<{ primes: number }> {
  job.log(`process ${process.pid}`)
  const { below } = job.data
  let primes = 0
  for (let n = 2; n < below; n++) {
    if (isPrime(n)) primes++
    if (n % 10_000 > 0) continue
    await job.updateProgress(Math.floor((100 * n) / below))
    // A cancellation comes as a message from the worker: it is read when the event loop turns.
    await turn()
    signal?.throwIfAborted()
  }
  await job.updateProgress(100)
  return { primes }
}

function isPrime(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor++) if (n % divisor === 0) return false
  return true
}
