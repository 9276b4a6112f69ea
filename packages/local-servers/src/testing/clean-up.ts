import type { TestContext } from 'node:test'

const stacks = new WeakMap<TestContext, AsyncDisposableStack>()

/** Does something after a test, the last registered first: what was built on something goes before it.
 *  (`t.after` goes in the other direction.) */
export function onEnd(t: TestContext, work: () => Promise<unknown> | unknown): void {
  let stack = stacks.get(t)
  if (!stack) {
    const created = new AsyncDisposableStack()
    t.after(() => created.disposeAsync())
    stacks.set(t, created)
    stack = created
  }
  stack.defer(async () => void (await work()))
}
