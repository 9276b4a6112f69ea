import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { convertVideo } from '@jackalope/contracts'
import { until } from '@jackalope/local-servers/testing'
import { apiSecurityHeaders } from '@jackalope/service-kit'
import { UnrecoverableError } from '@jackalope/worker-kit'
import { storeResult, uploaded } from '../support/conversions.ts'
import { signToken, startTestGateway, type TestGateway } from '../support/test-gateway.ts'

const sizeBytes = 1_000_000

async function withAudio(gateway: TestGateway, fileName = 'song.mp3') {
  const bytes = randomBytes(sizeBytes)
  const jobId = await uploaded(gateway)
  const { audioId } = await storeResult(gateway, jobId, bytes, fileName)
  return { bytes, jobId, audioId, paths: [`/jobs/${jobId}/audio`, `/download?fid=${audioId}`] }
}

test('sends the audio, to be saved under its name', async t => {
  const gateway = await startTestGateway(t)
  const { bytes, audioId, paths } = await withAudio(gateway, 'føtex "мёд".mp3')
  for (const path of paths) {
    const response = await gateway.request(path, { user: 'ada' })
    assert.equal(response.status, 200)
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes)
    const {
      'x-request-id': _,
      date,
      connection,
      'keep-alive': __,
      ...others
    } = Object.fromEntries(response.headers)
    const ofAll = Object.keys(apiSecurityHeaders).map(name => name.toLowerCase())
    const headers = Object.fromEntries(
      Object.entries(others).filter(
        ([name]) => ![...ofAll, 'strict-transport-security', 'ratelimit', 'ratelimit-policy'].includes(name),
      ),
    )
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
    const policy = "sandbox; default-src 'none'; media-src 'self'"
    assert.equal(response.headers.get('content-security-policy'), policy)
    assert.ok(date && connection)
    assert.deepEqual(headers, {
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-disposition': `attachment; filename="føtex \\"???\\".mp3"; filename*=UTF-8''f%C3%B8tex%20%22%D0%BC%D1%91%D0%B4%22.mp3`,
      'content-length': String(sizeBytes),
      'content-type': 'audio/mpeg',
      etag: `"${audioId}"`,
      'last-modified': headers['last-modified'],
    })
    assert.ok(Math.abs(Date.parse(headers['last-modified'] ?? '') - Date.now()) < 60_000)
  }
})

test('sends parts of it', async t => {
  const gateway = await startTestGateway(t)
  const { bytes, paths } = await withAudio(gateway)
  for (const path of paths)
    for (const [range, start, end] of [
      ['bytes=0-0', 0, 0],
      ['bytes=0-99', 0, 99],
      ['bytes=261119-261121', 261_119, 261_121],
      ['bytes=999000-', 999_000, 999_999],
      ['bytes=-1000', 999_000, 999_999],
      ['bytes=500000-9999999', 500_000, 999_999],
    ] as const) {
      const response = await gateway.request(path, { user: 'ada', headers: { range } })
      assert.deepEqual([range, response.status], [range, 206])
      assert.equal(response.headers.get('Content-Range'), `bytes ${start}-${end}/${sizeBytes}`)
      assert.equal(response.headers.get('Content-Length'), String(end - start + 1))
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes.subarray(start, end + 1))
    }
})

test('refuses a part beyond the end with 416', async t => {
  const gateway = await startTestGateway(t)
  const { paths } = await withAudio(gateway)
  const response = await gateway.request(paths[0] as string, {
    user: 'ada',
    headers: { Range: 'bytes=1000000-' },
  })
  assert.equal(response.status, 416)
  assert.equal(response.headers.get('Content-Range'), `bytes */${sizeBytes}`)
  assert.equal(((await response.json()) as { code: string }).code, 'range-not-satisfiable')
})

test('sends a part only of the version that the client has', async t => {
  const gateway = await startTestGateway(t)
  const { audioId, paths } = await withAudio(gateway)
  const path = paths[1] as string
  const date =
    (await gateway.request(path, { user: 'ada', method: 'HEAD' })).headers.get('Last-Modified') ?? ''
  for (const [ifRange, status] of [
    [`"${audioId}"`, 206],
    [date, 206],
    ['"another"', 200],
    [`W/"${audioId}"`, 200],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 200],
  ] as const) {
    const headers = { Range: 'bytes=0-9', 'If-Range': ifRange }
    const response = await gateway.request(path, { user: 'ada', headers })
    assert.deepEqual([ifRange, response.status], [ifRange, status])
    await response.body?.cancel()
  }
})

test('sends nothing to a client that has it already', async t => {
  const gateway = await startTestGateway(t)
  const { audioId, paths } = await withAudio(gateway)
  // Without this header `fetch` adds `Cache-Control: no-cache` to a conditional request.
  // `fetch` does not fit: it adds `Cache-Control: no-cache` to this header.
  const sent = get(gateway.url + paths[0], {
    headers: { Authorization: `Bearer ${signToken('ada')}`, 'If-None-Match': `"x", "${audioId}"` },
  })
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  assert.equal(response.statusCode, 304)
  assert.equal(response.headers.etag, `"${audioId}"`)
  assert.equal(await text(response), '')
})

test('answers HEAD as GET, without the bytes, and without heed to a range', async t => {
  const gateway = await startTestGateway(t)
  const { paths } = await withAudio(gateway)
  for (const path of paths) {
    const response = await gateway.request(path, {
      user: 'ada',
      method: 'HEAD',
      headers: { Range: 'bytes=0-9' },
    })
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('Content-Length'), String(sizeBytes))
    assert.equal(response.headers.get('Content-Type'), 'audio/mpeg')
    assert.equal(await response.text(), '')
  }
})

test("answers alike for another user's file, an unknown one and what is no id", async t => {
  const gateway = await startTestGateway(t)
  const { audioId, jobId } = await withAudio(gateway)
  const videoId = jobId.slice(2)
  const problems = await Promise.all(
    [audioId, videoId, '0123456789abcdef01234567', 'x', '../x'].map(async fid => {
      const response = await gateway.request(`/download?fid=${encodeURIComponent(fid)}`, { user: 'bob' })
      const { requestId: _, ...problem } = (await response.json()) as Record<string, unknown>
      return problem
    }),
  )
  assert.equal(problems[0]?.status, 404)
  for (const problem of problems) assert.deepEqual(problem, problems[0])
  assert.equal((await gateway.request(`/download?fid=${audioId}`)).status, 401)
})

test('asks for the file when none is named', async t => {
  const gateway = await startTestGateway(t)
  for (const query of ['', '?fid=', '?fid=a&fid=b'])
    assert.equal((await gateway.request(`/download${query}`, { user: 'ada' })).status, 400)
})

test('says 409 while there is no audio, with the state, and why there will be none', async t => {
  const gateway = await startTestGateway(t)
  const id = await uploaded(gateway)
  const early = await gateway.request(`/jobs/${id}/audio`, { user: 'ada' })
  const { status, code, state } = (await early.json()) as Record<string, unknown>
  assert.deepEqual([status, code, state], [409, 'audio-not-ready', 'waiting'])
  assert.ok(early.headers.get('Retry-After'))

  gateway.kit.work(convertVideo, async () => {
    throw new UnrecoverableError('The video has no sound.')
  })
  const failed = await until(async () => {
    const response = await gateway.request(`/jobs/${id}/audio`, { user: 'ada' })
    const problem = (await response.json()) as Record<string, unknown>
    return problem.code === 'conversion-failed' && problem
  })
  assert.equal(failed.status, 409)
  assert.match(String(failed.detail), /The video has no sound\./)
})

test('says 410 when the audio has been deleted', async t => {
  const gateway = await startTestGateway(t)
  const { audioId, paths } = await withAudio(gateway)
  await gateway.audios.delete(audioId)
  const response = await gateway.request(paths[0] as string, { user: 'ada' })
  assert.deepEqual(
    [response.status, ((await response.json()) as { code: string }).code],
    [410, 'audio-deleted'],
  )
})

test('stops reading when the client goes away in the middle', async t => {
  const gateway = await startTestGateway(t)
  const jobId = await uploaded(gateway)
  await storeResult(gateway, jobId, randomBytes(20_000_000))
  const response = await gateway.request(`/jobs/${jobId}/audio`, { user: 'ada' })
  const reader = response.body?.getReader()
  await reader?.read()
  await reader?.cancel()
  await until(async () =>
    gateway.logs.some(({ aborted, path }) => aborted && path === `/jobs/${jobId}/audio`),
  )
})
