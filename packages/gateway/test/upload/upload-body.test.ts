import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { convertVideo, jobView, videoIdOfJob } from '@jackalope/contracts'
import { until } from '@jackalope/local-servers/testing'
import { answerTo, upload } from '../support/forms.ts'
import { publicUrl, signToken, startTestGateway, type TestGateway } from '../support/test-gateway.ts'

const bytes = randomBytes(600_000)

const ways: Array<
  [
    what: string,
    method: string,
    path: string,
    headers: Record<string, string>,
    fileName: string,
    type: string,
  ]
> = [
  ['POST with a type', 'POST', '/upload', { 'Content-Type': 'video/mp4' }, 'video', 'video/mp4'],
  [
    'POST with a name in the query',
    'POST',
    '/upload?fileName=f%C3%B8tex.mp4',
    { 'Content-Type': 'Video/MP4; a=b' },
    'føtex.mp4',
    'video/mp4',
  ],
  [
    'POST with Content-Disposition',
    'POST',
    '/upload',
    { 'Content-Type': 'audio/wav', 'Content-Disposition': `attachment; filename*=UTF-8''a%20b.wav` },
    'a b.wav',
    'audio/wav',
  ],
  [
    'PUT',
    'PUT',
    '/upload/song%20of%2Fsongs.mp4',
    { 'Content-Type': 'application/octet-stream' },
    'songs.mp4',
    'application/octet-stream',
  ],
]

test('takes the video itself as the body', async t => {
  const gateway = await startTestGateway(t)
  for (const [what, method, path, headers, fileName, type] of ways) {
    const response = await gateway.request(path, { method, headers, body: bytes, user: 'ada' })
    assert.equal(response.status, 202, what)
    const view = jobView.parse(await response.json())
    assert.equal(response.headers.get('Location'), `${publicUrl}/jobs/${view.id}`)
    assert.equal(view.fileName, fileName, what)
    const video = await gateway.videos.stat(videoIdOfJob(view.id) ?? '')
    assert.deepEqual([video?.contentType, video?.sizeBytes], [type, bytes.length])
    assert.ok((await buffer(await gateway.videos.open(video?.id ?? ''))).equals(bytes))
    assert.ok(await gateway.kit.queue(convertVideo).getJob(view.id))
  }
})

test('refuses a body that is too large, empty, or no video, and keeps nothing', async t => {
  const gateway = await startTestGateway(t, { MAX_UPLOAD_BYTES: 500_000 })
  const refused: Array<[body: Buffer, type: string, status: number, code: string]> = [
    [Buffer.alloc(0), 'video/mp4', 422, 'file-empty'],
    [bytes, 'video/mp4', 413, 'file-too-large'],
    [bytes, 'application/json', 415, 'video-expected'],
    [bytes, 'text/plain', 415, 'video-expected'],
  ]
  for (const [body, type, status, code] of refused) {
    const sent = begin(gateway, { 'Content-Type': type })
    sent.end(body)
    const answer = await answerTo(sent)
    assert.deepEqual([type, answer.status, answer.body.code], [type, status, code])
  }
  const coded = begin(gateway, { 'Content-Type': 'video/mp4', 'Content-Encoding': 'gzip' })
  coded.end(bytes)
  assert.equal((await answerTo(coded)).status, 415)
  assert.equal(await gateway.countVideoPieces(), 0)
})

test('keeps nothing of a body whose client goes away', async t => {
  const gateway = await startTestGateway(t)
  const sent = begin(gateway, { 'Content-Type': 'video/mp4', 'Content-Length': '9000000' })
  sent.write(randomBytes(3_000_000))
  await until(async () => (await gateway.countVideoPieces()) > 1)
  sent.destroy()
  await until(async () => (await gateway.countVideoPieces()) === 0)
})

test('refuses uploads beyond the number at once before their bodies, and takes them when others have ended', async t => {
  const gateway = await startTestGateway(t, { MAX_UPLOADS: 3, MAX_UPLOADS_PER_USER: 2 })
  const running = ['ada', 'ada', 'bob'].map(user => begin(gateway, { 'Content-Type': 'video/mp4' }, user))
  for (const sent of running) sent.write('x')
  const refusals = { ada: [429, 'too-many-uploads'], cleo: [503, 'uploads-busy'] }
  for (const [user, expected] of Object.entries(refusals))
    await until(async () => {
      const sent = begin(gateway, { 'Content-Type': 'video/mp4', 'Content-Length': '1000' }, user)
      sent.flushHeaders()
      sent.setTimeout(500, () => sent.destroy())
      const answer = await answerTo(sent).catch(() => undefined)
      sent.destroy()
      if (!answer) return false
      assert.deepEqual([answer.status, answer.body.code], expected)
      return Number(answer.headers['retry-after']) > 0
    })
  const answers = running.map(answerTo)
  for (const sent of running) sent.end('y')
  for (const { status } of await Promise.all(answers)) assert.equal(status, 202)
  await until(async () => (await upload(gateway, undefined, { user: 'ada' })).status === 202)
})

test('lets a user without a confirmed address upload five videos a day', async t => {
  const gateway = await startTestGateway(t)
  const send = async (headers: Record<string, string> = {}) => {
    const Authorization = `Bearer ${signToken('ada', { email_verified: false })}`
    const sent = begin(gateway, { 'Content-Type': 'video/mp4', ...headers, Authorization })
    sent.end('video')
    return await answerTo(sent)
  }
  const large = begin(gateway, {
    'Content-Type': 'video/mp4',
    'Content-Length': String(201 * 1024 ** 2),
    Authorization: `Bearer ${signToken('ada', { email_verified: false })}`,
  })
  large.flushHeaders()
  const refused = await answerTo(large)
  assert.equal(refused.status, 413)
  assert.match(String(refused.body.detail), /until you have confirmed your mail address/)
  large.destroy()
  assert.equal((await send({ 'Content-Length': '5', 'Content-Type': 'text/plain' })).status, 415)
  for (let count = 0; count < 5; count++) assert.equal((await send()).status, 202)
  const { status, body } = await send()
  assert.deepEqual([status, body.code], [429, 'upload-quota-used-up'])
  assert.equal((await upload(gateway, undefined, { user: 'ada' })).status, 202)
})

function begin(gateway: TestGateway, headers: Record<string, string>, user = 'ada') {
  const Authorization = `Bearer ${signToken(user)}`
  const sent = request(`${gateway.url}/upload`, {
    method: 'POST',
    agent: false,
    headers: { Authorization, ...headers },
  })
  sent.on('error', () => {})
  return sent
}
