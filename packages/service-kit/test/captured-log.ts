import { type LogLine, LogLines } from '@jackalope/local-servers/testing'
import type { Logger } from 'pino'
import { createLogger, type LogLevel } from '../src/index.ts'

export interface CapturedLog {
  logger: Logger
  /** All lines so far, parsed. */
  lines: readonly LogLine[]
  /** Resolves with the first line, past or future, that has this message. */
  line(message: string): Promise<LogLine>
}

/** A real logger whose lines are kept in memory. */
export function captureLog(level: LogLevel = 'trace'): CapturedLog {
  const log = new LogLines()
  const logger = createLogger({ service: 'test', level, destination: log })
  return { logger, lines: log.all, line: message => log.logged(message) }
}
