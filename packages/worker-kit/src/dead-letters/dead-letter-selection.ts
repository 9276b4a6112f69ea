import type { MalformedMessage } from './dead-letter.ts'
import type { WrittenDeadLetter } from './dead-letter-message.ts'
import type { DeadLetterState } from './dead-letter-states.ts'

/** Selects dead letters: all, those of some jobs, those written before a time, or those whose job has moved on. */
export type DeadLetterSelection = 'all' | { ids: readonly string[] } | { before: Date } | { replayed: true }

export interface StatedDeadLetter {
  letter: WrittenDeadLetter | MalformedMessage
  /** Missing for a malformed message. */
  state: DeadLetterState | undefined
}

export function isSelected({ letter, state }: StatedDeadLetter, selection: DeadLetterSelection): boolean {
  if (selection === 'all') return true
  if ('ids' in selection) return selection.ids.includes(letter.id)
  if ('replayed' in selection) return state?.status === 'replayed'
  const at = letter.kind === 'job' ? letter.failure.at : letter.at
  return at !== undefined && at < selection.before
}
