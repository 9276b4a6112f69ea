import { EventEmitter, on } from 'node:events'
import type { Logger } from 'pino'
import { createLogger, type LogLevel } from '../src/index.ts'

export interface CapturedLog {
  logger: Logger
  /** Every line so far, parsed. */
  lines: Array<Record<string, unknown>>
  /** The first line, past or future, with that message. */
  line(message: string): Promise<Record<string, unknown>>
}

/** A real logger whose lines end up in memory. */
export function captureLog(level: LogLevel = 'trace'): CapturedLog {
  const lines: Array<Record<string, unknown>> = []
  const written = new EventEmitter()
  const destination = {
    write(text: string) {
      lines.push(JSON.parse(text))
      written.emit('line')
    },
  }
  return {
    logger: createLogger({ service: 'test', level, destination }),
    lines,
    async line(message) {
      const find = () => lines.find(({ msg }) => msg === message)
      const events = on(written, 'line', { signal: AbortSignal.timeout(10_000) })
      for (let found = find(); ; found = find()) {
        if (found) return found
        await events.next()
      }
    },
  }
}
