import { EventEmitter, on } from 'node:events'

export type LogLine = Record<string, unknown> & { msg?: string }

/** The lines of a log, one JSON object each. Fits as the destination of a pino logger. */
export class LogLines {
  /** All lines so far. */
  readonly all: LogLine[] = []
  readonly #written = new EventEmitter().setMaxListeners(0)

  write(text: string): void {
    this.all.push(JSON.parse(text))
    this.#written.emit('line')
  }

  /** Resolves with the first line, past or future, that has this message.
   *  @param patienceMs - longest wait, in milliseconds. @default 60_000
   *  @throws {Error} when the time is over */
  async logged(message: string, patienceMs = 60_000): Promise<LogLine> {
    const find = () => this.all.find(({ msg }) => msg === message)
    const writes = on(this.#written, 'line', { signal: AbortSignal.timeout(patienceMs) })
    try {
      for (let found = find(); ; found = find()) {
        if (found) return found
        await writes.next()
      }
    } catch (cause) {
      const last = JSON.stringify(this.all.slice(-3))
      throw new Error(
        `Waited ${patienceMs / 1_000} s for the log line "${message}"; the last lines: ${last}`,
        {
          cause,
        },
      )
    } finally {
      await writes.return?.()
    }
  }
}
