import type { TestContext } from 'node:test'
import { onEnd } from '@jackalope/local-servers/testing'
import { withTimeLimit } from '../../src/time-limit.ts'

const CLEAN_UP_TIMEOUT_MS = 30_000

/** Does something after a test, the last registered first: a client closes before its server goes. (`t.after` runs hooks in
 *  the order of their registration.)
 *  @param work - fails the test when it takes longer than 30 seconds */
export function cleanUp(t: TestContext, work: () => Promise<unknown> | unknown): void {
  onEnd(t, () =>
    withTimeLimit(Promise.resolve(work()), CLEAN_UP_TIMEOUT_MS, () => {
      throw new Error(`not cleaned up within ${CLEAN_UP_TIMEOUT_MS} ms: ${work}`)
    }),
  )
}
