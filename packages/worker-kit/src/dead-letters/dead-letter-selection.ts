import { findFaults, isObject, required } from '../check-options.ts'
import { showValue } from '../show-value.ts'
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

/** A function that tells whether a letter is selected. */
export function selectorOf(selection: DeadLetterSelection): (stated: StatedDeadLetter) => boolean {
  if (selection === 'all') return () => true
  if ('replayed' in selection) return ({ state }) => state?.status === 'replayed'
  if ('ids' in selection) {
    const ids = new Set(selection.ids)
    return ({ letter }) => ids.has(letter.id)
  }
  return ({ letter }) => {
    const at = letter.kind === 'job' ? letter.failure.at : letter.at
    return at !== undefined && at < selection.before
  }
}

const rules = {
  ids: required('a list of ids', value => Array.isArray(value) && value.every(id => typeof id === 'string')),
  before: required('a Date', value => value instanceof Date && !Number.isNaN(value.getTime())),
  replayed: required('true', value => value === true),
}

/** What keeps a value from being a selection. One that was misread would remove letters that nobody meant: a text instead of a list,
 *  two conditions of which one is ignored. */
export function selectionFaults(selection: unknown): string[] {
  if (selection === 'all') return []
  const wanted = 'selection: expected "all", or an object with one of ids, before, replayed'
  if (!isObject(selection)) return [`${wanted}, got ${showValue(selection)}`]
  const [name, ...others] = Object.keys(selection)
  if (name === undefined || others.length > 0 || !Object.hasOwn(rules, name))
    return [`${wanted}, got ${showValue(selection)}`]
  return findFaults(selection, { [name]: rules[name as keyof typeof rules] })
}
