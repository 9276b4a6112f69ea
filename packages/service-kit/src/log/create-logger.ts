import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino'
import type { LogLevel } from '../config/log-level.ts'
import { currentLogFields } from './log-context.ts'
import { hideUrlPasswords, redact } from './redact.ts'

export interface LoggerOptions {
  /** Name of the service, on every line. */
  service: string
  /** @default info */
  level?: LogLevel
  /** Where the lines go. @default the standard output */
  destination?: DestinationStream
}

/** One JSON object per line: `time` in ISO 8601, `level` by name, `service`, the fields of `withLogFields`.
 *  Passwords, tokens, cookies and the passwords in URLs are hidden, in errors too. */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service, pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    mixin: () => ({ ...currentLogFields() }),
    formatters: {
      level: (label: string) => ({ level: label }),
      bindings: (bindings: object) => redact(bindings) as object,
      log: (fields: object) => redact(fields) as Record<string, unknown>,
    },
    serializers: { err: serializeError, error: serializeError, cause: serializeError },
    hooks: { streamWrite: hideUrlPasswords },
  }
  return destination ? pino(options, destination) : pino(options)
}

function serializeError(error: unknown): unknown {
  const serialized = stdSerializers.err(error as Error)
  // The serializer's result is no plain object: spread it before hiding what libraries hang onto their errors.
  return error instanceof Error ? redact({ ...serialized, raw: undefined }) : redact(serialized)
}
