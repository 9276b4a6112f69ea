import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { convertVideo } from '@jackalope/contracts'
import { Upload } from 'tus-js-client'
import { signToken, startTestGateway } from '../../support/test-gateway.ts'
import { startSwitchboard } from '../../support/tus.ts'

test('tus-js-client goes on at another gateway when the first one vanishes in the middle', async t => {
  const switchboard = await startSwitchboard(t)
  const gateway = await startTestGateway(t, { PUBLIC_URL: switchboard.url })
  const replica = await gateway.startReplica()
  switchboard.switchTo(gateway.url)
  const bytes = randomBytes(20_000_000)
  const { promise: ended, resolve, reject } = Promise.withResolvers<string>()
  let hasSwitched = false
  let offsetAfter = 0
  const upload = new Upload(bytes, {
    endpoint: `${switchboard.url}/uploads`,
    headers: { Authorization: `Bearer ${signToken('ada')}` },
    metadata: { filename: 'song.mp4', filetype: 'video/mp4' },
    retryDelays: [0, 500, 1_000, 3_000, 5_000],
    onProgress(sentBytes) {
      if (sentBytes < 8_000_000 || hasSwitched) return
      hasSwitched = true
      switchboard.switchTo(replica.url)
    },
    onAfterResponse(request, response) {
      if (request.getMethod() === 'HEAD') offsetAfter = Number(response.getHeader('Upload-Offset'))
    },
    onSuccess: ({ lastResponse }) => resolve(lastResponse.getHeader('Jackalope-Job-Id') ?? ''),
    onError: reject,
  })
  upload.start()
  const jobId = await ended
  assert.ok(hasSwitched)
  t.diagnostic(`went on at byte ${offsetAfter}`)
  assert.ok(offsetAfter > 0 && offsetAfter < bytes.length)
  const id = upload.url?.split('/').at(-1) ?? ''
  assert.equal(jobId, `v-${id}`)
  assert.ok((await buffer(await gateway.videos.open(id))).equals(bytes))
  assert.equal(await gateway.kit.queue(convertVideo).bull.count(), 1)
})
