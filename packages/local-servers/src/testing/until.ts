import { setTimeout as delay } from 'node:timers/promises'

const pauseMs = 20

/** Repeats `look` until it gives neither `undefined` nor `false`; resolves with that value. For changes that no event
 *  announces.
 *  @param patienceMs - longest wait, in milliseconds. @default 60_000
 *  @throws {Error} when the time is over; its message shows `look` */
export async function until(look: () => Promise<boolean>, patienceMs?: number): Promise<void>
export async function until<T>(look: () => Promise<T | undefined | false>, patienceMs?: number): Promise<T>
export async function until(look: () => Promise<unknown>, patienceMs = 60_000): Promise<unknown> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const seen = await look()
    if (seen !== undefined && seen !== false) return seen
    if (performance.now() > deadline) throw new Error(`Waited ${patienceMs / 1_000} s in vain for:\n${look}`)
    await delay(pauseMs)
  }
}
