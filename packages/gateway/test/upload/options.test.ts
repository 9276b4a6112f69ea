import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { conversionOptions, convertVideo, jobIdOfVideo } from '@jackalope/contracts'
import { filePart, formEnd, part, sendForm } from '../support/forms.ts'
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts'
import { createUpload, tus } from '../support/tus.ts'

const field = (name: string, text: string) => part([`Content-Disposition: form-data; name="${name}"`], text)
const base64 = (text: string) => Buffer.from(text).toString('base64')

async function setup(t: TestContext) {
  const gateway = await startTestGateway(t)
  return {
    gateway,
    put: (query: string) =>
      gateway.request(`/upload/song.mp4${query}`, {
        ...{ method: 'PUT', user: 'ada', body: 'a video' },
        headers: { 'Content-Type': 'video/mp4' },
      }),
    /** What the converter is told of a job, and what its owner is shown. */
    async optionsOf(jobId: string) {
      const job = await gateway.kit.queue(convertVideo).getJob(jobId)
      const shown = (await (await gateway.request(`/jobs/${jobId}`, { user: 'ada' })).json()) as {
        options: unknown
      }
      assert.deepEqual(shown.options, job?.data.options)
      return job?.data.options
    },
  }
}

const refusal = async (response: Response) => {
  const { code, detail, errors } = (await response.json()) as Record<string, unknown>
  return { status: response.status, code, detail, errors }
}

async function createByTus(gateway: TestGateway, metadata: Record<string, string>): Promise<Response> {
  const pairs = Object.entries(metadata).map(([name, text]) => `${name} ${base64(text)}`)
  const headers = { 'Upload-Length': '7', 'Upload-Metadata': pairs.join(',') }
  return await tus(gateway, 'POST', '/uploads', { headers })
}

test('takes options as fields of a form, before and after the file, and beside a query', async t => {
  const { gateway, optionsOf } = await setup(t)
  const { status, body } = await sendForm(gateway, [
    ...[field('format', 'opus'), filePart('a.mp4', 'a video'), field('bitrate', '96')],
    ...[field('title', 'Blåbærsyltetøy'), formEnd],
  ])
  assert.equal(status, 202)
  const expected = conversionOptions.parse({ format: 'opus', bitrate: 96, title: 'Blåbærsyltetøy' })
  assert.deepEqual(await optionsOf(String(body.id)), expected)
})

test('takes options in the query of a body, and in the metadata of an upload by tus', async t => {
  const { gateway, put, optionsOf } = await setup(t)
  const { id } = (await (await put('?format=flac&start=1.5&normalize=true')).json()) as { id: string }
  const asked = { format: 'flac', start: 1.5, normalize: true } as const
  assert.deepEqual(await optionsOf(id), conversionOptions.parse(asked))

  const metadata = {
    filename: 'a.mp4',
    filetype: 'video/mp4',
    relativePath: 'x/a.mp4',
    format: 'wav',
    track: 'DE',
  }
  const pairs = Object.entries(metadata).map(([name, text]) => `${name} ${base64(text)}`)
  const path = await createUpload(gateway, 7, { headers: { 'Upload-Metadata': pairs.join(',') } })
  const last = await tus(gateway, 'PATCH', path, { headers: { 'Upload-Offset': '0' }, body: 'a video' })
  assert.equal(last.status, 204)
  const jobId = jobIdOfVideo(path.split('/').at(-1) ?? '')
  assert.deepEqual(await optionsOf(jobId), conversionOptions.parse({ format: 'wav', track: 'de' }))
})

test('refuses an unknown option and an unknown value by name, whichever way they come, and stores nothing', async t => {
  const { gateway, put } = await setup(t)
  for (const [name, text] of [
    ['format', 'flacc'],
    ['formt', 'flac'],
    ['bitrate', '1000'],
  ] as const) {
    const file = filePart('a.mp4', 'a video')
    for (const pieces of [
      [field(name, text), file],
      [file, field(name, text)],
    ]) {
      const { status, body } = await sendForm(gateway, [...pieces, formEnd])
      assert.deepEqual([status, body.code], [422, 'options-invalid'])
      assert.equal((body.errors as { field: string }[])[0]?.field, name)
    }
    const byTus = await refusal(await createByTus(gateway, { filename: 'a.mp4', [name]: text }))
    assert.deepEqual([byTus.status, byTus.code], [422, 'options-invalid'])
    assert.ok(String(byTus.detail).startsWith(`${name}: `))
    const byQuery = await refusal(await put(`?${name}=${text}`))
    const isUnknown = name === 'formt'
    assert.deepEqual(
      [byQuery.status, byQuery.code],
      isUnknown ? [400, 'invalid-query'] : [422, 'options-invalid'],
    )
    assert.ok(String(byQuery.detail).includes(name))
  }
  assert.equal(await gateway.countVideoPieces(), 0)
})

test('refuses what came twice, and what does not go together', async t => {
  const { gateway, put } = await setup(t)
  const twice = await sendForm(gateway, [
    ...[field('format', 'mp3'), field('format', 'flac'), filePart('a.mp4', 'a video'), formEnd],
  ])
  assert.equal(twice.body.detail, 'format: it was sent more than once.')
  assert.equal((await refusal(await put('?format=wav&bitrate=128'))).detail, 'bitrate: wav has no bit rate.')
  assert.equal((await refusal(await put('?start=5&end=4'))).detail, 'end: the end comes after the start.')
  assert.equal(await gateway.countVideoPieces(), 0)
})

test('the same file with other options is another upload for an Idempotency-Key', async t => {
  const { gateway } = await setup(t)
  const key = { 'Idempotency-Key': randomUUID() }
  const send = (format: string) =>
    sendForm(gateway, [filePart('a.mp4', 'a video'), field('format', format), formEnd], key)
  const first = await send('flac')
  assert.deepEqual((await send('flac')).body, first.body)
  const other = await send('wav')
  assert.deepEqual([other.status, other.body.code], [422, 'idempotency-key-reused'])
})
