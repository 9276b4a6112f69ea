import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { isServerRunning, startRabbitmqCluster } from '../../src/index.ts'
import { onEnd, temporaryFolder } from '../../src/testing/index.ts'

test('a cluster whose start is aborted has no process left', async t => {
  const dir = await temporaryFolder(t)
  const nodes = ['node1', 'node2'].map(name => join(dir, name))
  const running = () => Promise.all(nodes.map(isServerRunning))
  const abort = new AbortController()
  const reason = new Error('not wanted any more')
  const starting = startRabbitmqCluster({ dir, size: 2, signal: abort.signal })
  onEnd(t, () =>
    starting.then(
      cluster => cluster.stop(),
      () => undefined,
    ),
  )
  await t.waitFor(async () => assert.deepEqual(await running(), [true, true]), { timeout: 30_000 })
  abort.abort(reason)
  await assert.rejects(starting, reason)
  assert.deepEqual(await running(), [false, false])
})
