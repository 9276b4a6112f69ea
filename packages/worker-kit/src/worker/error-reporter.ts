import { monotonicMs } from '../real-timers.ts'

/** How long an error of the same kind is not reported again, in milliseconds. */
const SILENCE_MS = 30_000

/** Kinds that are remembered. */
const MOST_KINDS = 100

/** Reports what goes wrong again and again, such as commands that Redis refuses: once per kind and 30 seconds. */
export class ErrorReporter {
  readonly #report: (error: Error) => void
  readonly #reportedAt = new Map<string, number>()

  constructor(report: (error: Error) => void) {
    this.#report = report
  }

  report(error: Error): void {
    const kind = kindOf(error)
    const reportedAt = this.#reportedAt.get(kind)
    const now = monotonicMs()
    if (reportedAt !== undefined && now - reportedAt < SILENCE_MS) return
    // Last in the map's order: the kind reported longest ago is forgotten first.
    this.#reportedAt.delete(kind)
    this.#reportedAt.set(kind, now)
    const [oldest] = this.#reportedAt.keys()
    if (this.#reportedAt.size > MOST_KINDS && oldest !== undefined) this.#reportedAt.delete(oldest)
    this.#report(error)
  }
}

/** The code of an error, or the first word of Redis' reply. */
function kindOf({ name, message, code }: Error & { code?: unknown }): string {
  return `${name} ${typeof code === 'string' ? code : message.slice(0, 100).split(' ', 1)[0]}`
}
