import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { Redis } from 'ioredis'
import { makeLongVideo, makeVideo, temporaryFolder } from '../../packages/local-servers/src/testing/index.ts'
import { login } from '../support/session.ts'
import { startTestSystem } from '../support/system.ts'

test('Redis is flushed: what was confirmed is converted, also what waited in Redis alone; what had ended is shown as it ended', async t => {
  const system = await startTestSystem(t, 'disk')
  const folder = await temporaryFolder(t)
  const [ada, bob] = [await login(system), await login(system)]
  const noMedia = join(folder, 'text.mp4')
  await writeFile(noMedia, 'This is a text, not a film.')
  const bad = await ada.upload(noMedia)
  const failed = await ada.untilState(bad.id, 'failed')

  // The long one keeps the only converter busy; of the others one is in the line, and the rest stands back.
  const long = await ada.upload(await makeLongVideo(join(folder, 'long.mkv'), 10))
  await ada.untilProgress(long.id, 1)
  const short = await makeVideo(join(folder, 'short.mp4'), 2)
  const canceled = await ada.upload(short)
  const waiting = [await ada.upload(short), await ada.upload(short), await ada.upload(short)]
  const bobs = await bob.upload(short)
  assert.equal((await ada.ask(`/jobs/${canceled.id}/cancel`, '-X', 'POST')).status, 200)

  const redis = new Redis(system.urls.redis)
  await redis.flushall()
  redis.disconnect()
  for (const { id } of [long, ...waiting]) {
    const job = await ada.untilState(id, 'completed', 'failed', 'canceled')
    assert.deepEqual([job.state, job.error], ['completed', undefined], id)
  }
  assert.equal((await bob.untilState(bobs.id, 'completed', 'failed')).state, 'completed')
  const { state, error } = await ada.job(bad.id)
  assert.deepEqual([state, error], [failed.state, failed.error])
  assert.equal((await ada.job(canceled.id)).state, 'canceled')
})
