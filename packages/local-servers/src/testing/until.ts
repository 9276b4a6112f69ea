import { setTimeout as delay } from 'node:timers/promises'

const pauseMs = 20

/** Asks a server again and again until the answer is neither `undefined` nor `false`; gives that answer. For what no
 *  server announces.
 *  @param patienceMs - longest wait, in milliseconds. @default 60_000
 *  @throws {Error} when the time is over; its message shows `look` */
export async function until<T>(look: () => Promise<T | undefined | false>, patienceMs = 60_000): Promise<T> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const seen = await look()
    if (seen !== undefined && seen !== false) return seen
    if (performance.now() > deadline) throw new Error(`Waited ${patienceMs / 1_000} s in vain for:\n${look}`)
    await delay(pauseMs)
  }
}
