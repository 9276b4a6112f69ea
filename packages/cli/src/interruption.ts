import { constants } from 'node:os'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The reason when a signal aborts a command. */
export class Interrupted extends Error {
  readonly signal: NodeJS.Signals
  /** 128 + the signal's number, as in shells. */
  readonly exitCode: number

  constructor(signal: NodeJS.Signals) {
    super(`ended by ${signal}`)
    this.name = new.target.name
    this.signal = signal
    this.exitCode = 128 + constants.signals[signal]
  }
}

export interface Interruption {
  /** Aborted with `Interrupted` by the first signal. */
  signal: AbortSignal
  /** Stops listening: signals have their default effect again. */
  stop(): void
}

/** Turns the first SIGINT, SIGTERM or SIGHUP into an abort, so that a command can clean up. A second signal ends the
 *  process at once, and with it the processes that it started. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController()
  const listener = (signal: NodeJS.Signals) => {
    const reason = new Interrupted(signal)
    if (controller.signal.aborted) process.exit(reason.exitCode)
    controller.abort(reason)
  }
  for (const signal of signals) process.on(signal, listener)
  return {
    signal: controller.signal,
    stop() {
      for (const signal of signals) process.removeListener(signal, listener)
    },
  }
}
