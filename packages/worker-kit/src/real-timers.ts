import { setTimeout as delayFor } from 'node:timers/promises'

/** The timers as they were when this package was loaded. Whoever fakes time in a test means the time of jobs; what goes
 *  on between this process and its servers goes on in real time. */
export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate } = globalThis
export const delay = delayFor
/** Milliseconds on a clock that only goes forward. */
export const monotonicMs = performance.now.bind(performance)
