import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { convertVideo, jobIdOfVideo, jobView, videoIdOfJob } from '@jackalope/contracts'
import { LogLines } from '@jackalope/local-servers/testing'
import { createLogger } from '@jackalope/service-kit'
import { createConversions } from '../../src/jobs/conversions.ts'
import { adoptVideos } from '../../src/upkeep/adopt-videos.ts'
import { storeResult } from '../support/conversions.ts'
import { signToken, startTestGateway, type TestGateway } from '../support/test-gateway.ts'
import { createUpload, tus } from '../support/tus.ts'

test('the same file, by the same owner with the same options, is answered with the audio that exists', async t => {
  const gateway = await startTestGateway(t)
  const bytes = `video ${randomUUID()}`
  const first = await put(gateway, bytes, 'song.mp4')
  const early = await put(gateway, bytes, 'song.mp4')
  assert.deepEqual([first.state, early.state], ['waiting', 'waiting'], 'nothing exists yet')
  const made = await storeResult(gateway, first.id, 'the audio')

  const again = await put(gateway, bytes, 'other name.mov')
  assert.equal(again.state, 'completed')
  assert.equal(again.result?.sameAs, first.id)
  assert.equal(again.result?.fileName, 'other name.mp3')
  assert.notEqual(again.result?.audioId, made.audioId)
  assert.ok(again.sourceRemovedAt)
  assert.equal(await textOf(gateway, again.id), 'the audio')
  // Its job tells the owner, as any other does.
  assert.ok(await gateway.kit.queue(convertVideo).getJob(again.id))

  assert.equal((await put(gateway, bytes, 'song.mp4', { user: 'bob' })).state, 'waiting')
  assert.equal((await put(gateway, bytes, 'song.mp4', { query: '?bitrate=128' })).state, 'waiting')
  assert.equal((await put(gateway, `${bytes}.`, 'song.mp4')).state, 'waiting')

  const path = await createUpload(gateway, bytes.length)
  const sent = await tus(gateway, 'PATCH', path, { headers: { 'Upload-Offset': '0' }, body: bytes })
  const resumed = sent.headers.get('Jackalope-Job-Id') ?? ''
  const shown = await gateway.request(`/jobs/${resumed}`, { user: 'ada' })
  assert.ok(jobView.parse(await shown.json()).result?.sameAs)

  for (const id of [first.id, again.id])
    await gateway.request(`/jobs/${id}`, { method: 'DELETE', user: 'ada' })
  assert.equal(await textOf(gateway, resumed), 'the audio', 'it has a life of its own')
  await gateway.audios.delete((await resultOf(gateway, resumed)).audioId)
  assert.equal((await put(gateway, bytes, 'song.mp4')).state, 'waiting', 'nothing exists any more')
})

test('a gateway that is killed before it has added such a job: it is added later, once', async t => {
  const gateway = await startTestGateway(t)
  const { videos, kit } = gateway
  const bytes = `video ${randomUUID()}`
  const first = await put(gateway, bytes, 'song.mp4')
  await storeResult(gateway, first.id)
  const again = await put(gateway, bytes, 'song.mp4')
  const queue = kit.queue(convertVideo)
  await queue.remove(again.id)
  await queue.remove(first.id)

  const logger = createLogger({ service: 'test', level: 'debug', destination: new LogLines() })
  const deps = { videos, conversions: createConversions(() => queue, { logger }), logger }
  const later = Date.now() + 600_000
  assert.equal(await adoptVideos(deps, later), 1)
  assert.equal(await adoptVideos(deps, later), 0)
  assert.ok(await queue.getJob(again.id))
  assert.equal(await queue.getJob(first.id), undefined, 'it told its owner when it was done')
})

async function put(gateway: TestGateway, bytes: string, name: string, { user = 'ada', query = '' } = {}) {
  const response = await fetch(`${gateway.url}/upload/${encodeURIComponent(name)}${query}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'video/mp4', Authorization: `Bearer ${signToken(user)}` },
    body: bytes,
  })
  assert.equal(response.status, 202)
  return jobView.parse(await response.json())
}

async function textOf(gateway: TestGateway, id: string): Promise<string> {
  return await (await gateway.request(`/jobs/${id}/audio`, { user: 'ada' })).text()
}

async function resultOf(gateway: TestGateway, id: string): Promise<{ audioId: string }> {
  const video = await gateway.videos.stat(videoIdOfJob(id) ?? '')
  assert.equal(jobIdOfVideo(video?.id ?? ''), id)
  return video?.metadata.result as { audioId: string }
}
