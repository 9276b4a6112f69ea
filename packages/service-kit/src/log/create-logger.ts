import { type DestinationStream, type Logger, pino, stdSerializers, stdTimeFunctions } from 'pino'
import type { LogLevel } from '../config/log-level.ts'
import { hideSecrets } from './hide-secrets.ts'
import { currentLogFields } from './log-context.ts'

export interface LoggerOptions {
  /** Name of the service, on every line. */
  service: string
  /** @default info */
  level?: LogLevel
  /** Where the lines go. @default the standard output */
  destination?: DestinationStream
}

/** One JSON object per line: `time` in ISO 8601, `level` by name, `service`, the fields of `withLogFields`. Log errors
 *  as `err`. Passwords, tokens, cookies and the passwords of URLs are hidden, wherever they are. */
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
  // Written at once: lines held back come out of order, or not at all, when the process ends.
  return pino(options, destination ?? pino.destination({ dest: 1, sync: true }))
}
