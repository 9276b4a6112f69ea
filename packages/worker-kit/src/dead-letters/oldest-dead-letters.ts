import type { MalformedMessage } from './dead-letter.ts'
import type { WrittenDeadLetter } from './dead-letter-message.ts'

type Letter = WrittenDeadLetter | MalformedMessage

export interface CountedDeadLetter {
  letter: Letter
  copies: number
}

/** Letters with the same key are copies of one. */
export function keyOfDeadLetter(letter: Letter): string {
  return letter.kind === 'job' ? JSON.stringify([letter.id, letter.stamp]) : letter.id
}

/** Collects the oldest of many letters, each once. Holds at most twice as many as wanted, and 1,000. */
export class OldestDeadLetters {
  readonly #wanted: number
  #kept = new Map<string, CountedDeadLetter>()

  constructor(wanted: number) {
    this.#wanted = wanted
  }

  offer(letter: Letter): void {
    const key = keyOfDeadLetter(letter)
    const known = this.#kept.get(key)
    if (known) known.copies += 1
    else this.#kept.set(key, { letter, copies: 1 })
    if (this.#kept.size > 2 * this.#wanted + 1_000) this.#drop()
  }

  /** The kept letters, the oldest first. */
  letters(): CountedDeadLetter[] {
    this.#drop()
    return [...this.#kept.values()]
  }

  #drop(): void {
    const oldestFirst = [...this.#kept].sort(([, a], [, b]) => timeOf(a.letter) - timeOf(b.letter))
    this.#kept = new Map(oldestFirst.slice(0, this.#wanted))
  }
}

function timeOf(letter: Letter): number {
  return (letter.kind === 'job' ? letter.failure.at : letter.at)?.getTime() ?? 0
}
