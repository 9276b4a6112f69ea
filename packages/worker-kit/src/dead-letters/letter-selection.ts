import type { MalformedMessage } from './dead-letter.ts'
import type { WrittenLetter } from './letter-message.ts'
import type { LetterState } from './letter-states.ts'

/** Which letters are meant: all, those of some jobs, those written before a time, those whose job has moved on. */
export type LetterSelection = 'all' | { ids: readonly string[] } | { before: Date } | { replayed: true }

export interface StatedLetter {
  letter: WrittenLetter | MalformedMessage
  /** Missing for a malformed message. */
  state: LetterState | undefined
}

export function isSelected({ letter, state }: StatedLetter, selection: LetterSelection): boolean {
  if (selection === 'all') return true
  if ('ids' in selection) return selection.ids.includes(letter.id)
  if ('replayed' in selection) return state?.status === 'replayed'
  const at = letter.kind === 'job' ? letter.failure.at : letter.at
  return at !== undefined && at < selection.before
}
