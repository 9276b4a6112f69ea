import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEnd } from '../../src/testing/index.ts'

/** An owner that the test ends. */
function owner() {
  const hooks: (() => Promise<void>)[] = []
  return {
    after: (work: () => Promise<void>) => hooks.push(work),
    end: async () => {
      for (const hook of hooks) await hook()
    },
  }
}

test('clean-ups run in reverse order, one after the other', async () => {
  const done: string[] = []
  const { end, ...test } = owner()
  onEnd(test, () => done.push('server'))
  onEnd(test, async () => {
    await new Promise(setImmediate)
    done.push('client')
  })
  await end()
  assert.deepEqual(done, ['client', 'server'])
})

test('a clean-up that fails fails the test, and the others still run', async () => {
  const done: string[] = []
  const { end, ...test } = owner()
  onEnd(test, () => done.push('first'))
  onEnd(test, () => Promise.reject(new Error('the client is stuck')))
  await assert.rejects(end(), { message: 'the client is stuck' })
  assert.deepEqual(done, ['first'])
})

test('a clean-up that hangs is named after its limit, and the others still run', async () => {
  const done: string[] = []
  const { end, ...test } = owner()
  onEnd(test, () => done.push('first'))
  onEnd(test, () => new Promise(() => {}), 10)
  await assert.rejects(end(), (error: Error) => {
    assert.match(
      error.message,
      /^The clean-up that was registered at .*clean-up\.test\.ts:\d+:\d+.* did not end within 0\.01 s$/,
    )
    return true
  })
  assert.deepEqual(done, ['first'])
})
