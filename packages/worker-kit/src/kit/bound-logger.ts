import type { Logger } from '../logger.ts'

/** A logger that adds fields to each of its lines. */
export function boundLogger(logger: Logger, fields: object): Logger {
  if (logger.child) return logger.child(fields)
  const merged = (more: object) => ({ ...fields, ...more })
  return {
    debug: (more, message) => logger.debug(merged(more), message),
    info: (more, message) => logger.info(merged(more), message),
    warn: (more, message) => logger.warn(merged(more), message),
    error: (more, message) => logger.error(merged(more), message),
  }
}
