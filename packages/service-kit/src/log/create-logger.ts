import { type DestinationStream, type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino'
import type { LogLevel } from '../config/log-level.ts'
import { hideSecrets } from './hide-secrets.ts'
import { currentLogFields } from './log-context.ts'

export interface LoggerOptions {
  /** Name of the service, on every line. */
  service: string
  /** @default info */
  level?: LogLevel
  /** Receives the lines. @default stdout */
  destination?: DestinationStream
}

/** A logger that writes one JSON object for each line: `time` in ISO 8601, `level` by name, `service`, and the fields of
 *  `withLogFields`. Log errors as `err`. Passwords, tokens, cookies and passwords in URLs are hidden at any depth. */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service, pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    mixin: () => ({ ...currentLogFields() }),
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: stdSerializers.errWithCause },
    hooks: { streamWrite: hideSecrets },
  }
  // Synchronous: buffered lines would be lost or out of order when the process ends.
  return pino(options, destination ?? pino.destination({ dest: 1, sync: true }))
}
