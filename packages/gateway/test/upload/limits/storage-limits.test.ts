import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { jobView, videoIdOfJob } from '@jackalope/contracts'
import { onEnd, redisUrl } from '@jackalope/local-servers/testing'
import { connectRedis, createLogger } from '@jackalope/service-kit'
import { createRunningUploads } from '../../../src/upload/limits/running-uploads.ts'
import { storeResult } from '../../support/conversions.ts'
import { answerTo, beginForm, upload } from '../../support/forms.ts'
import { signToken, startTestGateway, type TestGateway } from '../../support/test-gateway.ts'
import { tus } from '../../support/tus.ts'

test('a file that does not fit what its owner may store is refused with the numbers, however it comes', async t => {
  const gateway = await startTestGateway(t, { MAX_STORED_BYTES_PER_USER: 1_000 })
  const first = await put(gateway, 600)
  assert.equal(first.status, 202)
  const refused = { status: 413, code: 'storage-quota-exceeded', storedBytes: 600, maxBytes: 1_000 }
  assert.deepEqual(await numbersOf(await put(gateway, 401)), refused)
  assert.deepEqual(await numbersOf(await upload(gateway, new File([randomBytes(401)], 'a.mp4'))), refused)
  assert.deepEqual(await numbersOf(await create(gateway, 401)), refused)
  const pieces = await gateway.countVideoPieces()
  const stream = Readable.toWeb(Readable.from([randomBytes(300), randomBytes(300)])) as ReadableStream
  assert.deepEqual(await numbersOf(await put(gateway, stream)), refused)
  assert.equal(await gateway.countVideoPieces(), pieces)

  assert.equal((await put(gateway, 401, 'bob')).status, 202)
  assert.equal((await create(gateway, 100)).status, 201, 'what is left')
  assert.deepEqual(await numbersOf(await put(gateway, 301)), { ...refused, storedBytes: 700 })
  assert.equal((await put(gateway, 300)).status, 202)
  assert.equal((await put(gateway, 1)).status, 413)

  const { id } = jobView.parse(await first.json())
  await storeResult(gateway, id, 'bytes of audio')
  assert.equal((await numbersOf(await put(gateway, 1))).storedBytes, 1_014, 'audio counts too')
  await gateway.request(`/jobs/${id}`, { method: 'DELETE', user: 'ada' })
  assert.equal((await put(gateway, 600)).status, 202)
})

test('who has as many open jobs as allowed waits until one has ended', async t => {
  const gateway = await startTestGateway(t, { MAX_OPEN_JOBS_PER_USER: 2 })
  const [first, second] = [await put(gateway, 5), await put(gateway, 6)]
  const refusal = await put(gateway, 7)
  assert.ok(Number(refusal.headers.get('Retry-After')) > 0)
  const refused = { status: 429, code: 'too-many-open-jobs', openJobs: 2, maxJobs: 2 }
  assert.deepEqual(await numbersOf(refusal), refused)
  assert.deepEqual(await numbersOf(await create(gateway, 5)), refused)
  assert.equal((await put(gateway, 5, 'bob')).status, 202)

  await storeResult(gateway, jobView.parse(await first.json()).id)
  assert.equal((await create(gateway, 5)).status, 201, 'an upload that is begun is a job to come')
  assert.equal((await put(gateway, 7)).status, 429)
  const failed = videoIdOfJob(jobView.parse(await second.json()).id) ?? ''
  const finishedAt = new Date().toISOString()
  await gateway.videos.claimMetadata(failed, 'end0', {
    state: 'failed',
    error: 'x',
    attemptsMade: 1,
    finishedAt,
  })
  assert.equal((await put(gateway, 7)).status, 202)
})

test('a job that is tried again counts as a new one, and all files together have a limit', async t => {
  const gateway = await startTestGateway(t, { MAX_OPEN_JOBS_PER_USER: 2, MAX_STORED_BYTES: 1_000 })
  assert.deepEqual(await numbersOf(await put(gateway, 1_001)), { status: 507, code: 'store-full' })
  const idOf = async (response: Response) => jobView.parse(await response.json()).id
  const [first, second] = [await idOf(await put(gateway, 5)), await idOf(await put(gateway, 6))]
  const act = (id: string, action: string) =>
    gateway.request(`/jobs/${id}/${action}`, { user: 'ada', method: 'POST' })
  assert.equal((await act(first, 'cancel')).status, 200)
  assert.equal((await put(gateway, 7)).status, 202)
  const refused = { status: 429, code: 'too-many-open-jobs', openJobs: 2, maxJobs: 2 }
  assert.deepEqual(await numbersOf(await act(first, 'retry')), refused)
  assert.equal((await act(second, 'cancel')).status, 200)
  const begun = await create(gateway, 5)
  assert.deepEqual(
    await numbersOf(await act(first, 'retry')),
    refused,
    'an upload that is begun is a job to come',
  )
  const path = new URL(begun.headers.get('Location') ?? '').pathname
  assert.equal((await tus(gateway, 'DELETE', path)).status, 204)
  assert.equal((await act(first, 'retry')).status, 202)
})

test('the same job tried again by many at once, at the limit of its owner, begins one round', async t => {
  const gateway = await startTestGateway(t, { MAX_OPEN_JOBS_PER_USER: 1 })
  const replica = await gateway.startReplica()
  const { id } = jobView.parse(await (await put(gateway, 5)).json())
  const headers = { Authorization: `Bearer ${signToken('ada')}` }
  const act = async (action: string, { url }: { url: string } = gateway) =>
    (await fetch(`${url}/jobs/${id}/${action}`, { method: 'POST', headers })).status
  assert.equal(await act('cancel'), 200)
  const all = Array.from({ length: 8 }, (_, number) => act('retry', number % 2 ? gateway : replica))
  const statuses = await Promise.all(all)
  assert.ok(statuses.includes(202), `${statuses}`)
  // 202 is for those, too, that find the round begun and the job not in line yet.
  assert.ok(
    statuses.every(status => status === 202 || status === 409),
    `${statuses}`,
  )
})

test('many jobs tried again at once, at several gateways, are no more than their owner may have', async t => {
  const gateway = await startTestGateway(t, { MAX_OPEN_JOBS_PER_USER: 2 })
  const replica = await gateway.startReplica()
  const act = async (id: string, action: string, url = gateway.url) => {
    const headers = { Authorization: `Bearer ${signToken('ada')}` }
    return (await fetch(`${url}/jobs/${id}/${action}`, { method: 'POST', headers })).status
  }
  const ids: string[] = []
  while (ids.length < 12) {
    const { id } = jobView.parse(await (await put(gateway, 10 + ids.length)).json())
    assert.equal(await act(id, 'cancel'), 200)
    ids.push(id)
  }
  const statuses = await Promise.all(
    ids.map((id, number) => act(id, 'retry', number % 2 ? gateway.url : replica.url)),
  )
  const begun = statuses.filter(status => status === 202).length
  assert.ok(begun >= 1 && begun <= 2, `${statuses}`)
  assert.ok(statuses.every(status => status === 202 || status === 429))
  // What was refused does not count any more.
  const left = ids.filter((_, number) => statuses[number] === 429)
  if (begun === 1) assert.equal(await act(left.pop() ?? '', 'retry'), 202)
  assert.equal(await act(left.pop() ?? '', 'retry'), 429)
})

test('what an upload by tus has yet to store counts for all when its owner’s limits count it already', async t => {
  const gateway = await startTestGateway(t)
  const redis = connectRedis(redisUrl(), { logger: createLogger({ service: 'test', level: 'silent' }) })
  onEnd(t, () => redis.close())
  const running = createRunningUploads({ redis, prefix: gateway.prefix })
  const begin = (bytes: number) => running.begin({ ownerId: 'ada', bytes, remainingBytes: () => bytes })
  const first = await begin(1_000)
  assert.deepEqual((await begin(50)).others, { count: 1, bytes: 1_000, remainingBytes: 1_000 })
  await first.disown()
  assert.deepEqual((await begin(50)).others, { count: 1, bytes: 50, remainingBytes: 1_050 })
  await first.end()
  assert.deepEqual((await begin(50)).others, { count: 2, bytes: 100, remainingBytes: 100 })
})

test('many uploads at once, at several gateways, keep to what their owner may store', async t => {
  const gateway = await startTestGateway(t, { MAX_STORED_BYTES_PER_USER: 10_000 })
  const replica = await gateway.startReplica()
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, number) =>
      put(gateway, 1_000, 'ada', number % 2 ? gateway.url : replica.url),
    ),
  )
  const accepted = answers.filter(({ status }) => status === 202).length
  assert.ok(accepted >= 1 && accepted <= 10, `${accepted} were accepted`)
  assert.ok(answers.every(({ status }) => status === 202 || status === 413))
  const { sizeBytes } = await gateway.videos.usage({ ownerId: 'ada' })
  assert.equal(sizeBytes, accepted * 1_000)
})

test('an upload for which there is no room is refused before its body', {
  skip: process.env.BLOB_STORE !== 'disk' && 'the server may not say how much room it has',
}, async t => {
  const gateway = await startTestGateway(t, { MIN_FREE_BYTES: Number.MAX_SAFE_INTEGER })
  const sent = beginForm(gateway, { 'Content-Length': '1000000' })
  sent.flushHeaders()
  const { status, body } = await answerTo(sent)
  assert.deepEqual([status, body.code], [507, 'store-full'])
  sent.destroy()
})

async function put({ url }: TestGateway, content: number | ReadableStream, user = 'ada', gatewayUrl = url) {
  return await fetch(`${gatewayUrl}/upload/a.mp4`, {
    method: 'PUT',
    headers: { 'Content-Type': 'video/mp4', Authorization: `Bearer ${signToken(user)}` },
    body: typeof content === 'number' ? randomBytes(content) : content,
    ...(typeof content !== 'number' && { duplex: 'half' }),
  })
}

async function create(gateway: TestGateway, totalBytes: number) {
  return await tus(gateway, 'POST', '/uploads', { headers: { 'Upload-Length': String(totalBytes) } })
}

async function numbersOf(response: Response) {
  const { code, storedBytes, maxBytes, openJobs, maxJobs } = (await response.json()) as Record<
    string,
    unknown
  >
  const all = { status: response.status, code, storedBytes, maxBytes, openJobs, maxJobs }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}
