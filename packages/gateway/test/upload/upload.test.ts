import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { conversionOptions, convertVideo, jobView, videoIdOfJob } from '@jackalope/contracts'
import { until } from '@jackalope/local-servers/testing'
import { answerTo, beginForm, boundary, filePart, formEnd, part, sendForm, upload } from '../support/forms.ts'
import { publicUrl, signToken, startTestGateway, type TestGateway } from '../support/test-gateway.ts'

test('stores the video, adds the job, and tells where to look', async t => {
  const gateway = await startTestGateway(t)
  const bytes = randomBytes(700_000)
  const response = await upload(gateway, new File([bytes], 'song.mp4', { type: 'video/mp4' }))
  assert.equal(response.status, 202)
  const view = jobView.parse(await response.json())
  assert.equal(response.headers.get('Location'), `${publicUrl}/jobs/${view.id}`)
  assert.deepEqual(view, {
    id: view.id,
    state: 'waiting',
    progress: 0,
    fileName: 'song.mp4',
    attemptsMade: 0,
    attempts: convertVideo.attempts,
    createdAt: view.createdAt,
  })

  const videoId = videoIdOfJob(view.id) ?? ''
  const video = await gateway.videos.stat(videoId)
  assert.equal(video?.contentType, 'video/mp4')
  assert.deepEqual(video.metadata, { ownerId: 'ada', jobId: view.id })
  assert.ok((await buffer(await gateway.videos.open(videoId))).equals(bytes))
  const job = await gateway.kit.queue(convertVideo).getJob(view.id)
  const options = conversionOptions.parse({})
  assert.partialDeepStrictEqual(job?.data, { videoId, ownerId: 'ada', fileName: video.fileName, options })
})

test('streams a big video through without holding it, also when its length is not told', async t => {
  const gateway = await startTestGateway(t)
  const block = randomBytes(1024 * 1024)
  const before = process.memoryUsage().rss
  const sent = beginForm(gateway)
  sent.write(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="big.mp4"\r\nContent-Type: video/mp4\r\n\r\n`,
  )
  let peak = before
  for (let count = 0; count < 150; count++) {
    if (!sent.write(block)) await new Promise(resolve => sent.once('drain', resolve))
    peak = Math.max(peak, process.memoryUsage().rss)
  }
  sent.end(`\r\n--${boundary}--\r\n`)
  const { status, body } = await answerTo(sent)
  assert.equal(status, 202)
  const video = await gateway.videos.stat(videoIdOfJob(String(body.id)) ?? '')
  assert.equal(video?.sizeBytes, 150 * block.length)
  const grownMiB = Math.round((peak - before) / 1024 / 1024)
  t.diagnostic(`memory grew by ${grownMiB} MiB`)
  assert.ok(grownMiB < 100, `memory grew by ${grownMiB} MiB`)
})

test('keeps file names as the user knows them', async t => {
  const gateway = await startTestGateway(t)
  const names: Array<[sent: string, shown: string]> = [
    ['Føtex мёд \u{1f407}.mp4', 'Føtex мёд \u{1f407}.mp4'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\Ada\\holiday.mov', 'holiday.mov'],
    ['a%22b.mp4', 'a"b.mp4'],
    ['=?UTF-8?B?w7xiZXIubXA0?=', 'über.mp4'],
    ['..', 'video'],
  ]
  for (const [sent, shown] of names) {
    const { status, body } = await sendForm(gateway, [filePart(sent, 'x'), formEnd])
    assert.deepEqual([status, body.fileName], [202, shown])
  }
})

test('takes a name whose letters lie on the seam of two packets', async t => {
  const gateway = await startTestGateway(t)
  const bytes = Buffer.concat([filePart('ü'.repeat(20), 'x'), formEnd])
  const sent = beginForm(gateway)
  const seam = bytes.indexOf(Buffer.from('ü')) + 1
  sent.write(bytes.subarray(0, seam))
  await new Promise(resolve => setTimeout(resolve, 50))
  sent.end(bytes.subarray(seam))
  assert.equal((await answerTo(sent)).body.fileName, 'ü'.repeat(20))
})

test('takes a file part without a content type, fields before and after it, and text around it', async t => {
  const gateway = await startTestGateway(t)
  const { status, body } = await sendForm(gateway, [
    'preamble\r\n',
    part(['Content-Disposition: form-data; name="format"', 'Content-Type: text/plain'], 'mp3'),
    part(['Content-Disposition: form-data; name="file"; filename="a.mp4"'], 'bytes'),
    part(['Content-Disposition: form-data; name="title"'], 'hello'),
    formEnd,
    'epilogue',
  ])
  assert.equal(status, 202)
  const video = await gateway.videos.stat(videoIdOfJob(String(body.id)) ?? '')
  assert.deepEqual([video?.sizeBytes, video?.contentType], [5, 'application/octet-stream'])
})

const field = part(['Content-Disposition: form-data; name="title"'], 'x')
const oneMegabyte = randomBytes(1_000_000)

const refusals: Array<[what: string, status: number, code: string, pieces: Array<Buffer | string>]> = [
  ['an empty file', 422, 'file-empty', [filePart('a.mp4', ''), formEnd]],
  ['a form without parts', 422, 'file-expected', [formEnd]],
  [
    'a form without a file',
    422,
    'file-expected',
    [part(['Content-Disposition: form-data; name="file"'], 'x'), formEnd],
  ],
  [
    'a large file without a file name',
    422,
    'file-expected',
    [part(['Content-Disposition: form-data; name="file"', 'Content-Type: video/mp4'], oneMegabyte), formEnd],
  ],
  [
    'a large file without a file name and a type',
    422,
    'file-expected',
    [part(['Content-Disposition: form-data; name="file"'], oneMegabyte), formEnd],
  ],
  ['a form in which no file was chosen', 422, 'file-expected', [filePart('', ''), formEnd]],
  ['a file in another field', 422, 'file-expected', [filePart('a.mp4', oneMegabyte, 'video'), formEnd]],
  [
    'two files',
    422,
    'several-files',
    [filePart('a.mp4', oneMegabyte), filePart('b.mp4', oneMegabyte), formEnd],
  ],
  [
    'a file beside one in another field',
    422,
    'several-files',
    [filePart('a.mp4', 'x'), filePart('b', 'x', 'b'), formEnd],
  ],
  ['a form that breaks off', 400, 'form-malformed', [filePart('a.mp4', oneMegabyte)]],
  [
    'a form that breaks off after the file',
    400,
    'form-malformed',
    [filePart('a.mp4', 'x'), part(['A: b'], 'x')],
  ],
  ['a form that is none', 400, 'form-malformed', ['{"file": "a.mp4"}']],
  [
    'a part in an unknown encoding',
    400,
    'form-malformed',
    [
      part(
        ['Content-Disposition: form-data; name="file"; filename="a"', 'Content-Transfer-Encoding: x-zip'],
        'x',
      ),
      formEnd,
    ],
  ],
  [
    'a huge field',
    413,
    'form-too-large',
    [part(['Content-Disposition: form-data; name="title"'], 'x'.repeat(100_000)), formEnd],
  ],
  [
    'too many fields, with a file behind them',
    413,
    'form-too-large',
    [Buffer.concat([...Array(60).fill(field), filePart('a.mp4', oneMegabyte.subarray(0, 9_000)), formEnd])],
  ],
  ['a file over the limit', 413, 'file-too-large', [filePart('a.mp4', Buffer.alloc(2_000_001)), formEnd]],
]

test('refuses what is not one file in a form, says what to do, and keeps nothing', async t => {
  const gateway = await startTestGateway(t, { MAX_UPLOAD_BYTES: 2_000_000 })
  for (const [what, status, code, pieces] of refusals) {
    const answer = await sendForm(gateway, pieces)
    assert.deepEqual([what, answer.status, answer.body.code], [what, status, code])
    assert.match(String(answer.headers['content-type']), /application\/problem\+json/)
    assert.equal(await gateway.countVideoPieces(), 0, what)
  }
  assert.equal(await gateway.kit.queue(convertVideo).bull.count(), 0)
})

test('takes a file of exactly the largest size', async t => {
  const gateway = await startTestGateway(t, { MAX_UPLOAD_BYTES: 2_000_000 })
  assert.equal((await upload(gateway, new File([Buffer.alloc(2_000_000)], 'a.mp4'))).status, 202)
})

test('refuses a body that is announced as too large before any of it arrives', async t => {
  const gateway = await startTestGateway(t, { MAX_UPLOAD_BYTES: 2_000_000 })
  const sent = beginForm(gateway, { 'Content-Length': '3000000' })
  sent.flushHeaders()
  const { status, body } = await answerTo(sent)
  assert.deepEqual([status, body.code, body.maxBytes], [413, 'file-too-large', 2_000_000])
  sent.destroy()
})

test('refuses what is no form with 415, and a form without a boundary with 400', async t => {
  const gateway = await startTestGateway(t)
  const types = { 'text/plain': 415, 'application/json': 415, 'multipart/mixed; boundary=x': 415 }
  for (const [type, status] of Object.entries({ ...types, 'multipart/form-data': 400 })) {
    const answer = await sendForm(gateway, ['x'], { 'Content-Type': type })
    assert.deepEqual([type, answer.status], [type, status])
  }
  assert.equal((await gateway.request('/upload', { method: 'POST', user: 'ada' })).status, 415)
})

test('checks the token before it reads the body', async t => {
  const gateway = await startTestGateway(t)
  const sent = beginForm(gateway, { Authorization: 'Bearer nonsense' })
  sent.flushHeaders()
  const { status, headers } = await answerTo(sent)
  assert.equal(status, 401)
  assert.match(String(headers['www-authenticate']), /^Bearer .*error="invalid_token"/)
  sent.destroy()
})

test('keeps nothing of an upload whose client goes away', async t => {
  const gateway = await startTestGateway(t)
  for (const sizeBytes of [10, 300_000, 3_000_000]) {
    const sent = beginForm(gateway)
    sent.write(filePart('a.mp4', randomBytes(sizeBytes)).subarray(0, -2))
    if (sizeBytes > 1_000_000) await piecesStored(gateway)
    else await new Promise(resolve => setTimeout(resolve, 50))
    sent.destroy()
    await until(async () => (await gateway.countVideoPieces()) === 0)
  }
  assert.equal(await gateway.kit.queue(convertVideo).bull.count(), 0)
})

test('refuses headers of a part without end, and text around parts without end', async t => {
  const gateway = await startTestGateway(t)
  const headers = `--${boundary}\r\nContent-Disposition: form-data; name="file"; ${'filename="'.repeat(50_000)}`
  const startedAt = performance.now()
  const answer = await sendForm(gateway, [headers, 'x'.repeat(300_000)])
  assert.deepEqual([answer.status, answer.body.code], [400, 'part-headers-too-large'])
  assert.ok(performance.now() - startedAt < 2_000)
  const silent = await sendForm(gateway, Array(12).fill('x'.repeat(64 * 1024)))
  assert.deepEqual([silent.status, silent.body.code], [400, 'form-malformed'])
  assert.equal(await gateway.countVideoPieces(), 0)
})

const typed = (type: string) =>
  part(['Content-Disposition: form-data; name="file"; filename="a"', `Content-Type: ${type}`], 'x')

test('stores a media type, and nothing else that stands in its place', async t => {
  const gateway = await startTestGateway(t)
  const types = {
    'Video/MP4; codecs=x': 'video/mp4',
    [`video/${'x'.repeat(5_000)}`]: 'application/octet-stream',
  }
  for (const [sent, stored] of Object.entries(types)) {
    const { body } = await sendForm(gateway, [typed(sent), formEnd])
    const video = await gateway.videos.stat(videoIdOfJob(String(body.id)) ?? '')
    assert.equal(video?.contentType, stored)
  }
})

test('takes any boundary, whatever words are in it', async t => {
  const gateway = await startTestGateway(t)
  for (const chosen of ['my-json-client-7', 'octet-stream', 'x-www-form-urlencoded', "a b'()+_,-./:=?"]) {
    const form = Buffer.concat([filePart('a.mp4', 'x'), formEnd])
      .toString()
      .replaceAll(boundary, chosen)
    const headers = { 'Content-Type': `multipart/form-data; boundary="${chosen}"` }
    assert.equal((await sendForm(gateway, [form], headers)).status, 202, chosen)
  }
})

const disposition = 'Content-Disposition: form-data; name="file"; filename="a.mp4"'
const withLf = Buffer.concat([filePart('a.mp4', 'x'), formEnd])
  .toString()
  .replaceAll('\r\n', '\n')

const malformations: Array<
  [what: string, pieces: Array<Buffer | string>, contentType: string, reason: RegExp]
> = [
  ['no boundary', ['x'], 'multipart/form-data', /has no boundary/],
  ['an empty boundary', ['x'], 'multipart/form-data; boundary=', /not valid/],
  ['a long boundary', ['x'], `multipart/form-data; boundary=${'x'.repeat(71)}`, /not valid/],
  [
    'another boundary',
    [filePart('a.mp4', 'x'), formEnd],
    'multipart/form-data; boundary=x',
    /does not begin with "--x"/,
  ],
  ['line ends of Unix', [withLf], `multipart/form-data; boundary=${boundary}`, /end with LF/],
  [
    'a folded header',
    [part([`${disposition};\r\n note="x"`], 'x'), formEnd],
    `multipart/form-data; boundary=${boundary}`,
    /folded/,
  ],
  [
    'a header without a colon',
    [part([disposition, 'nonsense 1'], 'x'), formEnd],
    `multipart/form-data; boundary=${boundary}`,
    /"Name: value"/,
  ],
  ['no end', [filePart('a.mp4', 'x')], `multipart/form-data; boundary=${boundary}`, /breaks off/],
]

test('says what is malformed in a form', async t => {
  const gateway = await startTestGateway(t)
  for (const [what, pieces, contentType, reason] of malformations) {
    const { status, body } = await sendForm(gateway, pieces, { 'Content-Type': contentType })
    assert.deepEqual([what, status, body.code], [what, 400, 'form-malformed'])
    assert.match(String(body.detail), reason, what)
  }
  assert.equal(await gateway.countVideoPieces(), 0)
})

test('lets a client that is still sending read the answer, and hangs up some seconds later', async t => {
  const gateway = await startTestGateway(t, { MAX_UPLOAD_BYTES: 1_000 })
  const { hostname, port } = new URL(gateway.url)
  const socket = connect(Number(port), hostname)
  const file = filePart('a.mp4', 'x'.repeat(2_000)).toString()
  socket.write(
    `POST /upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${signToken('ada')}\r\n` +
      `Content-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: 100000\r\n\r\n${file}`,
  )
  const [answer] = await once(socket, 'data')
  assert.match(String(answer), /^HTTP\/1.1 413 /)
  socket.on('error', () => {})
  const closed = once(socket, 'close')
  socket.write('and on')
  await closed
})

test('gives each user what is his: nobody else sees the job', async t => {
  const gateway = await startTestGateway(t)
  const { id } = jobView.parse(await (await upload(gateway, undefined, { user: 'ada' })).json())
  assert.equal((await gateway.request(`/jobs/${id}`, { user: 'ada' })).status, 200)
  assert.equal((await gateway.request(`/jobs/${id}`, { user: 'bob' })).status, 404)
  assert.equal((await gateway.request(`/jobs/${id}`)).status, 401)
})

async function piecesStored(gateway: TestGateway): Promise<void> {
  await until(async () => (await gateway.countVideoPieces()) > 1)
}
