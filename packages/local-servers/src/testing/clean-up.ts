import { after } from 'node:test'
import { withTimeLimit } from '../time-limit.ts'

type Work = () => Promise<unknown> | unknown

/** Runs clean-ups at its end: a test's context `t`, or `wholeFile`. */
export interface CleanUpOwner {
  after(work: () => Promise<void>): void
}

/** Runs clean-ups after all tests of a file, for what the tests share. */
export const wholeFile: CleanUpOwner = { after: work => after(work) }

/** Longest time for one clean-up, in milliseconds. A server that is killed after its grace period takes longest. */
const defaultLimitMs = 90_000

interface CleanUp {
  work: Work
  limitMs: number
  /** Its stack shows where the clean-up was registered. */
  registered: Error
}

const stacks = new WeakMap<CleanUpOwner, CleanUp[]>()

/** Registers a clean-up that runs after a test. The last registered runs first, so that a client is closed before its
 *  server is stopped; `t.after` runs hooks in the opposite order. A clean-up that fails or hangs fails the test, and
 *  the others still run.
 *  @param limitMs - longest time for this clean-up, in milliseconds. @default 90_000 */
export function onEnd(owner: CleanUpOwner, work: Work, limitMs = defaultLimitMs): void {
  const cleanUp = { work, limitMs, registered: new Error('registered here') }
  const stack = stacks.get(owner)
  if (stack) {
    stack.push(cleanUp)
    return
  }
  const created = [cleanUp]
  stacks.set(owner, created)
  owner.after(() => runAll(created))
}

async function runAll(stack: CleanUp[]): Promise<void> {
  const errors: unknown[] = []
  for (let cleanUp = stack.pop(); cleanUp; cleanUp = stack.pop()) {
    try {
      await run(cleanUp)
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors)
}

async function run({ work, limitMs, registered }: CleanUp): Promise<void> {
  const what = `The clean-up that was registered ${placeOf(registered)}`
  await withTimeLimit(what, limitMs, Promise.resolve().then(work)).catch(error => {
    throw error instanceof Error && error.message.startsWith(what)
      ? new Error(error.message, { cause: registered })
      : error
  })
}

/** The line that called `onEnd`: `at setup (.../support/setup.ts:33:3)`. */
function placeOf({ stack = '' }: Error): string {
  return stack.split('\n')[2]?.trim() ?? 'at an unknown place'
}
