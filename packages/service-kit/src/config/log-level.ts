import { oneOf } from './one-of.ts'

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof levels)[number]

/** Lowest level that is logged. @default info */
export function logLevel() {
  return oneOf(...levels).default('info')
}
