import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import { audioMediaTypes, signLink } from '@jackalope/contracts'
import { until } from '@jackalope/local-servers/testing'
import { storeResult, uploaded } from '../support/conversions.ts'
import { linkSecret, publicUrl, startTestGateway, type TestGateway } from '../support/test-gateway.ts'

async function withAudio(gateway: TestGateway) {
  const bytes = randomBytes(100_000)
  const jobId = await uploaded(gateway)
  const { audioId } = await storeResult(gateway, jobId, bytes)
  return { bytes, jobId, audioId }
}

async function makeLink(gateway: TestGateway, jobId: string, body?: object, user = 'ada') {
  const response = await gateway.request(`/jobs/${jobId}/audio/link`, {
    ...{ user, method: 'POST', body: body && JSON.stringify(body) },
    headers: body ? { 'Content-Type': 'application/json' } : {},
  })
  return {
    status: response.status,
    body: (await response.json()) as { url: string; expiresAt: string; code?: string },
  }
}

test('a link gives the audio to whoever has it, whole or in part, to save or to play', async t => {
  const gateway = await startTestGateway(t)
  const { bytes, jobId } = await withAudio(gateway)
  const { status, body } = await makeLink(gateway, jobId)
  assert.equal(status, 201)
  assert.ok(body.url.startsWith(`${publicUrl}/files/`))
  const hours = (Date.parse(body.expiresAt) - Date.now()) / 3_600_000
  assert.ok(hours > 0.99 && hours <= 1, `${hours} hours`)
  const path = body.url.replace(publicUrl, '')
  const whole = await gateway.request(path)
  assert.deepEqual(Buffer.from(await whole.arrayBuffer()), bytes)
  assert.match(whole.headers.get('Content-Disposition') ?? '', /^attachment/)
  assert.equal(whole.headers.get('Referrer-Policy'), 'no-referrer')
  const inline = await gateway.request(`${path}&inline`, { method: 'HEAD' })
  assert.equal(inline.status, 200)
  assert.match(inline.headers.get('Content-Disposition') ?? '', /^inline/)
  assert.match(inline.headers.get('Content-Security-Policy') ?? '', /^sandbox/)
  const part = await gateway.request(path, { headers: { Range: 'bytes=-10' } })
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(-10))
})

test('what is made in any format is played by its own type', async t => {
  const gateway = await startTestGateway(t)
  for (const contentType of Object.values(audioMediaTypes)) {
    const file = { fileName: 'a', contentType, metadata: { ownerId: 'ada' } }
    const { id } = await gateway.audios.put(Readable.from(['a']), file)
    const expiresAt = new Date(Date.now() + 60_000)
    const { url } = signLink(id, { publicUrl: '', secret: linkSecret, expiresAt })
    const { headers } = await gateway.request(`${url}&inline`, { method: 'HEAD' })
    assert.equal(headers.get('Content-Type'), contentType)
    assert.match(headers.get('Content-Disposition') ?? '', /^inline/)
  }
})

test('a link that was changed is 403, one that has expired 410, one of a deleted job 410', async t => {
  const gateway = await startTestGateway(t)
  const { jobId, audioId } = await withAudio(gateway)
  const sign = (expiresAt: Date) => signLink(audioId, { publicUrl: '', secret: linkSecret, expiresAt }).url
  const good = sign(new Date(Date.now() + 60_000))
  const codeAt = async (path: string) => {
    const response = await gateway.request(path)
    return [
      response.status,
      response.ok ? await response.body?.cancel() : ((await response.json()) as { code: string }).code,
    ]
  }
  assert.deepEqual(await codeAt(good), [200, undefined])
  assert.deepEqual(await codeAt(sign(new Date(Date.now() - 1_000))), [410, 'link-expired'])
  assert.deepEqual(await codeAt(good.replace(/expires=\d/, 'expires=9')), [403, 'link-invalid'])
  assert.deepEqual(await codeAt(good.slice(0, -1)), [403, 'link-invalid'])
  assert.deepEqual(await codeAt(good.replace(audioId, '0'.repeat(24))), [403, 'link-invalid'])
  assert.deepEqual(await codeAt(`/files/${audioId}`), [400, 'invalid-query'])
  await gateway.request(`/jobs/${jobId}`, { user: 'ada', method: 'DELETE' })
  assert.deepEqual(await codeAt(good), [410, 'file-deleted'])
})

test('a lifetime out of range is refused, and a link for the job of somebody else', async t => {
  const gateway = await startTestGateway(t)
  const { jobId } = await withAudio(gateway)
  for (const lifetimeSeconds of [59, 7 * 24 * 3_600 + 1, 1.5, '60', null])
    assert.equal((await makeLink(gateway, jobId, { lifetimeSeconds })).status, 422, String(lifetimeSeconds))
  assert.equal((await makeLink(gateway, jobId, { lifetimeSecond: 60 })).status, 422)
  assert.equal((await makeLink(gateway, jobId, { lifetimeSeconds: 60 })).status, 201)
  assert.equal((await makeLink(gateway, jobId, undefined, 'bob')).status, 404)
})

test('plays as Safari and iOS ask: two bytes first, then the rest, then ranges of the same version', async t => {
  const gateway = await startTestGateway(t)
  const { bytes, jobId } = await withAudio(gateway)
  const ask = async (headers: Record<string, string>) => {
    const response = await gateway.request(`/jobs/${jobId}/audio?inline=1`, { user: 'ada', headers })
    return { response, body: Buffer.from(await response.arrayBuffer()) }
  }
  const first = await ask({ Range: 'bytes=0-1' })
  assert.equal(first.response.status, 206)
  assert.equal(first.response.headers.get('Content-Range'), 'bytes 0-1/100000')
  assert.deepEqual(first.body, bytes.subarray(0, 2))
  const etag = first.response.headers.get('ETag') ?? ''
  const rest = await ask({ Range: 'bytes=0-', 'If-Range': etag })
  assert.deepEqual([rest.response.status, rest.body.length], [206, 100_000])
  const middle = await ask({ Range: 'bytes=50000-99999', 'If-Range': etag })
  assert.deepEqual(middle.body, bytes.subarray(50_000))
  // Several ranges may be ignored (RFC 9110, section 14.2).
  assert.equal((await ask({ Range: 'bytes=0-1,5-6' })).response.status, 200)
})

test('serves only the version that the client means', async t => {
  const gateway = await startTestGateway(t)
  const { jobId, audioId } = await withAudio(gateway)
  const statusFor = async (headers: Record<string, string>) => {
    const response = await gateway.request(`/jobs/${jobId}/audio`, { user: 'ada', headers })
    await response.body?.cancel()
    return response.status
  }
  const stored = (await gateway.audios.stat(audioId))?.storedAt ?? new Date()
  assert.equal(await statusFor({ 'If-Match': `"x", "${audioId}"` }), 200)
  assert.equal(await statusFor({ 'If-Match': '*' }), 200)
  assert.equal(await statusFor({ 'If-Match': `W/"${audioId}"` }), 412)
  assert.equal(await statusFor({ 'If-Match': '"another"' }), 412)
  assert.equal(await statusFor({ 'If-Unmodified-Since': stored.toUTCString() }), 200)
  assert.equal(
    await statusFor({ 'If-Unmodified-Since': new Date(stored.getTime() - 5_000).toUTCString() }),
    412,
  )
  assert.equal(await statusFor({ 'If-Unmodified-Since': 'yesterday' }), 200)
})

test('one reader has 16 downloads at a time, and gets another when one has ended', async t => {
  const gateway = await startTestGateway(t)
  const jobId = await uploaded(gateway)
  await storeResult(gateway, jobId, randomBytes(8_000_000))
  const open = () => gateway.request(`/jobs/${jobId}/audio`, { user: 'ada' })
  const downloads = await Promise.all(Array.from({ length: 16 }, open))
  assert.ok(downloads.every(({ status }) => status === 200))
  const refused = await open()
  assert.deepEqual(
    [refused.status, ((await refused.json()) as { code: string }).code],
    [429, 'too-many-downloads'],
  )
  assert.equal((await gateway.request(`/jobs/${jobId}/audio`, { user: 'ada', method: 'HEAD' })).status, 200)
  await Promise.all(downloads.map(({ body }) => body?.cancel()))
  await until(async () => {
    const response = await open()
    await response.body?.cancel()
    return response.status === 200
  })
})
