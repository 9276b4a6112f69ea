import type { TestContext } from 'node:test'

type Work = () => Promise<unknown> | unknown

const stacks = new WeakMap<TestContext, Work[]>()

/** Does something after a test, the last registered first: what was built on something goes before it.
 *  (`t.after` goes in the other direction.) */
export function onEnd(t: TestContext, work: Work): void {
  const stack = stacks.get(t)
  if (stack) {
    stack.push(work)
    return
  }
  const created = [work]
  stacks.set(t, created)
  t.after(() => unwind(created))
}

async function unwind(stack: Work[]): Promise<void> {
  const errors: unknown[] = []
  for (let work = stack.pop(); work; work = stack.pop()) {
    try {
      await work()
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors)
}
