import { createHash } from 'node:crypto'
import { unavailable } from '@jackalope/service-kit'
import { LRUCache } from 'lru-cache'

/** What auth says about a secret. */
export interface AnswerAbout<T> {
  value: T
  /** How long the secret is good, in milliseconds. */
  validMs: number
}

export interface MemoryOptions<T, Args extends unknown[]> {
  /** Asks auth; gives `undefined` if the secret is unknown.
   *  @throws {HttpProblem} 503 */
  ask(secret: string, ...args: Args): Promise<AnswerAbout<T> | undefined>
  /** How long an answer is believed, in milliseconds: a revoked secret is refused after so long. */
  maxAgeMs: number
  /** How long a secret counts as unknown, in milliseconds. */
  unknownMaxAgeMs: number
}

/** What auth has said about secrets. */
export interface AnswerMemory<T, Args extends unknown[]> {
  /** Gives what auth says, or has said a moment ago; `undefined` if the secret is unknown.
   *  @throws {HttpProblem} 503 while auth does not answer and nothing is remembered */
  find(secret: string, ...args: Args): Promise<T | undefined>
  /** Asks auth in any case.
   *  @throws {HttpProblem} 503 */
  ask(secret: string, ...args: Args): Promise<T | undefined>
  /** The next look asks auth. */
  forget(secret: string): void
}

/** Most secrets that are remembered, of either kind. */
const maxEntries = 10_000
/** Most questions to auth at once; invented secrets in large numbers must not flood it. */
const maxRunning = 32

/** Asks auth about secrets, and remembers the answers for a while. Requests with one secret at once ask once. Unknown ones
 *  have a memory of their own: inventing many does not push out those in use. */
export function createAnswerMemory<T extends object, Args extends unknown[] = []>(
  options: MemoryOptions<T, Args>,
): AnswerMemory<T, Args> {
  const { maxAgeMs, unknownMaxAgeMs } = options
  const known = new LRUCache<string, T>({ max: maxEntries, ttl: maxAgeMs })
  const unknown = new LRUCache<string, true>({ max: maxEntries, ttl: unknownMaxAgeMs })
  const running = new Map<string, Promise<T | undefined>>()

  async function askAndNote(secret: string, digest: string, args: Args): Promise<T | undefined> {
    const answer = await options.ask(secret, ...args)
    if (answer) known.set(digest, answer.value, { ttl: Math.min(maxAgeMs, answer.validMs) })
    else {
      unknown.set(digest, true)
      known.delete(digest)
    }
    return answer?.value
  }

  async function ask(secret: string, ...args: Args): Promise<T | undefined> {
    const digest = digestOf(secret)
    let question = running.get(digest)
    if (!question) {
      if (running.size >= maxRunning) throw unavailable('The user service', { retryAfterSeconds: 1 })
      question = askAndNote(secret, digest, args).finally(() => running.delete(digest))
      running.set(digest, question)
    }
    return await question
  }

  return {
    ask,
    async find(secret, ...args) {
      const digest = digestOf(secret)
      const remembered = known.get(digest)
      if (remembered) return remembered
      return unknown.has(digest) ? undefined : await ask(secret, ...args)
    },
    forget(secret) {
      known.delete(digestOf(secret))
    },
  }
}

/** The memory holds no usable secrets. */
function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
