import { constants } from 'node:os'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Why a command was aborted: somebody asked this process to end. */
export class Interrupted extends Error {
  readonly signal: NodeJS.Signals
  /** 128 + the signal's number, as shells count. */
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
  /** Leaves signals to the system again. */
  stop(): void
}

/** Turns the first SIGINT, SIGTERM or SIGHUP into an abort, so that a command can clean up. The second ends the
 *  process at once; what it started ends with it. */
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
