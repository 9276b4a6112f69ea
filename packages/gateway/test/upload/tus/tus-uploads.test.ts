import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { convertVideo } from '@jackalope/contracts'
import { until } from '@jackalope/local-servers/testing'
import { publicUrl, signToken, startTestGateway, type TestGateway } from '../../support/test-gateway.ts'
import { chunkType, createUpload, tus } from '../../support/tus.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

test('takes a video in pieces, tells how far it is, and adds one job at its end', async t => {
  const gateway = await startTestGateway(t)
  const bytes = randomBytes(700_000)
  const metadata = `filename ${base64('../føtex.mp4')},filetype ${base64('Video/MP4; a=b')}`
  const path = await createUpload(gateway, bytes.length, { headers: { 'Upload-Metadata': metadata } })
  const id = path.split('/').at(-1) ?? ''

  const first = await tus(gateway, 'PATCH', path, {
    headers: { 'Upload-Offset': '0' },
    body: bytes.subarray(0, 300_000),
  })
  assert.deepEqual([first.status, first.headers.get('Upload-Offset')], [204, '300000'])
  assert.ok(Date.parse(first.headers.get('Upload-Expires') ?? '') > Date.now() + 23 * 3_600_000)
  assert.equal(first.headers.get('Jackalope-Job-Id'), null)
  const head = await tus(gateway, 'HEAD', path)
  assert.equal(head.status, 200)
  assert.equal(head.headers.get('Upload-Offset'), '300000')
  assert.equal(head.headers.get('Upload-Length'), '700000')
  assert.equal(head.headers.get('Upload-Metadata'), metadata)
  assert.equal(head.headers.get('Cache-Control'), 'no-store')
  const view = (await (await gateway.request(path, { user: 'ada' })).json()) as Record<string, unknown>
  assert.deepEqual(
    [view.id, view.offset, view.totalBytes, view.fileName],
    [id, 300_000, 700_000, 'føtex.mp4'],
  )

  const last = await tus(gateway, 'PATCH', path, {
    headers: { 'Upload-Offset': '300000' },
    body: bytes.subarray(300_000),
  })
  assert.deepEqual([last.status, last.headers.get('Upload-Offset')], [204, '700000'])
  const jobId = last.headers.get('Jackalope-Job-Id') ?? ''
  assert.equal(last.headers.get('Content-Location'), `${publicUrl}/jobs/${jobId}`)
  const video = await gateway.videos.stat(id)
  assert.deepEqual([video?.fileName, video?.contentType], ['føtex.mp4', 'video/mp4'])
  assert.deepEqual(video?.metadata, { ownerId: 'ada', jobId })
  assert.ok((await buffer(await gateway.videos.open(id))).equals(bytes))

  // The client may not have got the last answer.
  const again = await tus(gateway, 'HEAD', path)
  assert.deepEqual(
    [again.status, again.headers.get('Upload-Offset'), again.headers.get('Jackalope-Job-Id')],
    [200, '700000', jobId],
  )
  const repeated = await tus(gateway, 'PATCH', path, { headers: { 'Upload-Offset': '700000' }, body: '' })
  assert.deepEqual([repeated.status, repeated.headers.get('Jackalope-Job-Id')], [204, jobId])
  assert.equal(await gateway.kit.queue(convertVideo).bull.count(), 1)
})

test('takes the first bytes, or all of them, with the creation', async t => {
  const gateway = await startTestGateway(t)
  const send = (body: string) =>
    tus(gateway, 'POST', '/uploads', { headers: { 'Upload-Length': '10' }, body })
  const part = await send('12345')
  assert.deepEqual(
    [part.status, part.headers.get('Upload-Offset'), part.headers.get('Jackalope-Job-Id')],
    [201, '5', null],
  )
  const all = await send('1234567890')
  assert.deepEqual([all.status, all.headers.get('Upload-Offset')], [201, '10'])
  assert.match(all.headers.get('Jackalope-Job-Id') ?? '', /^v-/)
})

test('says what it can do of the protocol, to everybody', async t => {
  const gateway = await startTestGateway(t, { MAX_UPLOAD_BYTES: 1_000 })
  const response = await gateway.request('/uploads', { method: 'OPTIONS' })
  assert.equal(response.status, 204)
  const told = ['Tus-Resumable', 'Tus-Version', 'Tus-Max-Size', 'Tus-Extension', 'Tus-Checksum-Algorithm']
  assert.deepEqual(
    told.map(name => response.headers.get(name)),
    [
      '1.0.0',
      '1.0.0',
      '1000',
      'creation,creation-with-upload,termination,checksum,expiration',
      'sha1,sha256',
    ],
  )
})

test('keeps nothing of a piece with another checksum', async t => {
  const gateway = await startTestGateway(t)
  const path = await createUpload(gateway, 400_000)
  const piece = randomBytes(300_000)
  const send = (checksum: string, offset = 0) =>
    tus(gateway, 'PATCH', path, {
      headers: { 'Upload-Offset': String(offset), 'Upload-Checksum': checksum },
      body: piece,
    })
  for (const algorithm of ['sha1', 'sha256']) {
    const wrong = createHash(algorithm).update('other').digest('base64')
    const response = await send(`${algorithm} ${wrong}`)
    const problem = (await response.json()) as { code: string }
    assert.deepEqual([response.status, problem.code], [460, 'checksum-mismatch'])
    assert.equal((await tus(gateway, 'HEAD', path)).headers.get('Upload-Offset'), '0')
  }
  assert.equal((await send('md5 1B2M2Y8AsgTpgAmY7PhCfg==')).status, 400)
  assert.equal((await send('sha1')).status, 400)
  const right = createHash('sha1').update(piece).digest('base64')
  const response = await send(`sha1 ${right}`)
  assert.deepEqual([response.status, response.headers.get('Upload-Offset')], [204, '300000'])
})

test('shows, continues and gives up an upload for its owner alone', async t => {
  const gateway = await startTestGateway(t)
  const path = await createUpload(gateway, 10, { body: '12345' })
  for (const user of ['bob', '']) {
    const status = user ? 404 : 401
    const headers = { 'Upload-Offset': '5' }
    assert.equal((await tus(gateway, 'HEAD', path, { user })).status, status)
    assert.equal((await tus(gateway, 'PATCH', path, { user, headers, body: '67890' })).status, status)
    assert.equal((await tus(gateway, 'DELETE', path, { user })).status, status)
    assert.equal((await gateway.request(path, { user })).status, status)
  }
  assert.equal((await tus(gateway, 'HEAD', path)).headers.get('Upload-Offset'), '5')
  assert.equal((await tus(gateway, 'DELETE', path)).status, 204)
  assert.equal((await tus(gateway, 'HEAD', path)).status, 404)
  assert.equal(await gateway.countVideoPieces(), 0)
  const whole = await createUpload(gateway, 5, { body: '12345' })
  assert.equal((await tus(gateway, 'DELETE', whole)).status, 409)
})

const refusals: Array<
  [what: string, method: string, headers: Record<string, string>, status: number, code: string]
> = [
  ['no version', 'POST', { 'Tus-Resumable': '', 'Upload-Length': '5' }, 412, 'tus-version-unsupported'],
  ['another version', 'POST', { 'Tus-Resumable': '0.2.2', 'Upload-Length': '5' }, 400, 'tus-headers-invalid'],
  ['no length', 'POST', {}, 400, 'tus-headers-invalid'],
  ['a deferred length', 'POST', { 'Upload-Defer-Length': '1' }, 400, 'tus-headers-invalid'],
  ['a wrong length', 'POST', { 'Upload-Length': '-5' }, 400, 'tus-headers-invalid'],
  ['nothing', 'POST', { 'Upload-Length': '0' }, 422, 'file-empty'],
  ['too much', 'POST', { 'Upload-Length': '1001' }, 413, 'file-too-large'],
  [
    'metadata that are none',
    'POST',
    { 'Upload-Length': '5', 'Upload-Metadata': 'a b c' },
    400,
    'tus-headers-invalid',
  ],
  [
    'concatenation',
    'POST',
    { 'Upload-Length': '5', 'Upload-Concat': 'final;/a /b' },
    400,
    'tus-headers-invalid',
  ],
  ['no offset', 'PATCH', {}, 400, 'tus-headers-invalid'],
  ['another offset', 'PATCH', { 'Upload-Offset': '3' }, 409, 'upload-offset-conflict'],
  ['another type', 'PATCH', { 'Upload-Offset': '0', 'Content-Type': 'video/mp4' }, 415, 'chunk-expected'],
]

test('refuses what the protocol does not allow, with its reason and the version', async t => {
  const gateway = await startTestGateway(t, { MAX_UPLOAD_BYTES: 1_000 })
  const path = await createUpload(gateway, 10)
  for (const [what, method, headers, status, code] of refusals) {
    const body = method === 'PATCH' ? 'x' : undefined
    const response = await tus(gateway, method, method === 'PATCH' ? path : '/uploads', { headers, body })
    const problem = (await response.json()) as { code: string; detail: string }
    assert.doesNotMatch(problem.detail, /(required|conflict)\.$/i, 'it says what to do')
    assert.deepEqual([what, response.status, problem.code], [what, status, code])
    assert.equal(response.headers.get('Tus-Resumable'), '1.0.0')
  }
  const tooMuch = await tus(gateway, 'PATCH', path, {
    headers: { 'Upload-Offset': '0' },
    body: '12345678901',
  })
  assert.equal(tooMuch.status, 413)
  assert.equal((await tus(gateway, 'HEAD', '/uploads/nonsense')).status, 404)
  assert.equal((await tus(gateway, 'HEAD', '/uploads/abcdef0123456789abcdef01')).status, 404)
})

test('goes on where the connection broke, at another gateway', async t => {
  const gateway = await startTestGateway(t)
  const replica = await gateway.startReplica()
  const bytes = randomBytes(3_000_000)
  const path = await createUpload(gateway, bytes.length)
  const sent = patch(gateway, path, 0)
  sent.write(bytes.subarray(0, 1_500_000))
  await until(async () => (await gateway.countVideoPieces()) > 3)
  sent.destroy()
  // What was still on its way when the connection broke may be lost.
  const offset = await until(async () => {
    const head = await fetch(replica.url + path, { method: 'HEAD', headers: headers('ada') })
    return Number(head.headers.get('Upload-Offset'))
  })
  assert.ok(offset <= 1_500_000)
  const last = await fetch(replica.url + path, {
    method: 'PATCH',
    headers: { ...headers('ada'), 'Upload-Offset': String(offset), 'Content-Type': chunkType },
    body: bytes.subarray(offset),
  })
  assert.equal(last.status, 204)
  assert.ok((await buffer(await gateway.videos.open(path.split('/').at(-1) ?? ''))).equals(bytes))
})

test('a request that comes back takes over from one whose connection broke unnoticed', async t => {
  const gateway = await startTestGateway(t)
  const replica = await gateway.startReplica()
  const path = await createUpload(gateway, 2_000_000)
  const stuck = patch(gateway, path, 0)
  stuck.write(randomBytes(1_500_000))
  await until(async () => (await gateway.countVideoPieces()) > 2)
  const head = await fetch(replica.url + path, { method: 'HEAD', headers: headers('ada') })
  assert.deepEqual([head.status, head.headers.get('Upload-Offset')], [200, '1500000'])
  const last = await fetch(replica.url + path, {
    method: 'PATCH',
    headers: { ...headers('ada'), 'Upload-Offset': '1500000', 'Content-Type': chunkType },
    body: randomBytes(500_000),
  })
  assert.equal(last.status, 204)
  stuck.destroy()
})

function headers(user: string) {
  return { Authorization: `Bearer ${signToken(user)}`, 'Tus-Resumable': '1.0.0' }
}

/** A piece that the test writes. */
function patch({ url }: Pick<TestGateway, 'url'>, path: string, offset: number) {
  const sent = request(url + path, {
    method: 'PATCH',
    agent: false,
    headers: { ...headers('ada'), 'Upload-Offset': String(offset), 'Content-Type': chunkType },
  })
  sent.on('error', () => {})
  return sent
}
