import { textValue } from './text-value.ts'

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof levels)[number]

/** How much is logged. @default info */
export function logLevel() {
  const expected = `one of ${levels.join(', ')}`
  return textValue(expected, (text): LogLevel => {
    const level = levels.find(name => name === text)
    if (!level) throw new Error(`expected ${expected}, got ${JSON.stringify(text)}`)
    return level
  }).default('info')
}
