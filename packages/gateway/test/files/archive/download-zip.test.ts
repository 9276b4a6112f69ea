import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import type { BlobInfo } from '@jackalope/blob-store'
import { until } from '@jackalope/local-servers/testing'
import { archiveOf } from '../../../src/files/archive/archive-stream.ts'
import { storeResult, uploaded } from '../../support/conversions.ts'
import { signToken, startTestGateway } from '../../support/test-gateway.ts'

const run = promisify(execFile)

/** What another program finds in an archive: names and digests, in their order. */
const reader = `
import hashlib, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
  for info in archive.infolist():
    utf8 = info.flag_bits >> 11 & 1
    print(info.filename, info.compress_type, utf8, hashlib.sha256(archive.read(info)).hexdigest(), sep='\\t')
`

async function contentOf(t: TestContext, bytes: Buffer): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zip-'))
  t.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'audio.zip'), bytes)
  const options = { env: { ...process.env, PYTHONIOENCODING: 'utf-8' } }
  const { stdout } = await run('python3', ['-c', reader, join(folder, 'audio.zip')], options)
  return stdout.trim().split('\n')
}

test('the audio of several jobs comes as one archive of known length, and as nothing else', async t => {
  const gateway = await startTestGateway(t)
  const jobOf = async (fileName: string, bytes: Buffer, user = 'ada') => {
    const id = await uploaded(gateway, user)
    const { audioId } = await storeResult(gateway, id, bytes, fileName)
    return { id, audioId, bytes }
  }
  const large = await jobOf('мёд "1".mp3', randomBytes(3_000_000))
  const small = await jobOf('song.mp3', Buffer.from('a'))
  const same = await jobOf('SONG.mp3', Buffer.from('b'))
  const zip = (jobs: { id: string }[], method = 'GET') => {
    const query = new URLSearchParams(jobs.map(({ id }) => ['job', id] as [string, string]))
    return gateway.request(`/downloads/zip?${query}`, { user: 'ada', method })
  }
  const head = await zip([large, small, same], 'HEAD')
  const response = await zip([large, small, same, large])
  assert.equal(response.status, 200)
  for (const { headers } of [head, response]) {
    assert.equal(headers.get('Content-Type'), 'application/zip')
    assert.equal(headers.get('Content-Disposition'), 'attachment; filename="audio.zip"')
    assert.equal(headers.get('Cache-Control'), 'private, no-store')
  }
  const bytes = Buffer.from(await response.arrayBuffer())
  assert.equal(response.headers.get('Content-Length'), String(bytes.length))
  assert.equal(head.headers.get('Content-Length'), String(bytes.length))
  const line = (name: string, utf8: 0 | 1, { bytes: content }: { bytes: Buffer }) =>
    [name, 0, utf8, createHash('sha256').update(content).digest('hex')].join('\t')
  const found = await contentOf(t, bytes)
  assert.deepEqual(found, [
    line('мёд _1_.mp3', 1, large),
    line('song.mp3', 1, small),
    line('SONG (2).mp3', 1, same),
  ])

  const refusal = async (jobs: { id: string }[]) => {
    const { code, job } = (await (await zip(jobs)).json()) as { code: string; job?: string }
    return [code, job]
  }
  const foreign = await jobOf('eve.mp3', Buffer.from('c'), 'eve')
  assert.deepEqual(await refusal([small, foreign]), ['job-unknown', foreign.id])
  const waiting = { id: await uploaded(gateway) }
  assert.deepEqual(await refusal([small, waiting]), ['audio-not-ready', waiting.id])
  await gateway.audios.delete(same.audioId)
  assert.deepEqual(await refusal([small, same]), ['audio-deleted', same.id])
  assert.deepEqual(await refusal([]), ['invalid-query', undefined])
  assert.deepEqual(await refusal(Array.from({ length: 101 }, () => small)), ['invalid-query', undefined])
  assert.equal((await gateway.request(`/downloads/zip?job=${small.id}`)).status, 401)

  // A client that leaves gives its place back: sixteen at a time are a user's limit.
  for (let left = 0; left < 20; left += 1) {
    const headers = { Authorization: `Bearer ${signToken('ada')}` }
    const sent = get(`${gateway.url}/downloads/zip?job=${large.id}`, { headers, agent: false })
    const [answer] = (await once(sent, 'response')) as [IncomingMessage]
    answer.destroy()
    await until(async () => {
      const again = await zip([small])
      await again.arrayBuffer()
      return again.status === 200
    })
  }
})

const blob = (id: string, sizeBytes: number): BlobInfo => ({
  ...{ id, sizeBytes, fileName: `${id}.mp3`, contentType: 'audio/mpeg' },
  ...{ storedAt: new Date('2026-11-30T00:00:00Z'), metadata: {} },
})

test('a file that cannot be read to its end breaks the archive off, and everything is closed', async () => {
  const opened: Readable[] = []
  const open = (pieces: () => Iterable<Buffer>) => async () => {
    const stream = Readable.from(pieces())
    opened.push(stream)
    return stream
  }
  const consume = async (blobs: BlobInfo[], source: (blob: BlobInfo) => Promise<Readable>) => {
    const { stream } = await archiveOf(blobs, source)
    await assert.rejects(async () => {
      for await (const _ of stream);
    })
  }
  const gone = open(function* () {
    yield Buffer.alloc(5)
    throw new Error('The blob was deleted')
  })
  await consume([blob('a', 10)], gone)
  // Fewer bytes than the length that was told.
  await consume(
    [blob('a', 10)],
    open(() => [Buffer.alloc(5)]),
  )
  await consume([blob('a', 10), blob('b', 10)], async ({ id }) => {
    if (id === 'b') throw new Error('The store is away')
    return Readable.from([Buffer.alloc(10)])
  })
  await until(async () => opened.every(({ destroyed }) => destroyed))
})

test('only as much is read as is taken, from one file at a time', async () => {
  let read = 0
  const opened: Readable[] = []
  const { stream, sizeBytes } = await archiveOf([blob('a', 5 * 1024 ** 3), blob('b', 5)], async () => {
    const source = Readable.from(
      (function* () {
        for (;;) {
          read += 64 * 1024
          yield Buffer.alloc(64 * 1024)
        }
      })(),
    )
    opened.push(source)
    return source
  })
  // Above 4 GiB the archive has the fields of ZIP64.
  assert.ok(sizeBytes > 5 * 1024 ** 3)
  let taken = 0
  for await (const piece of stream) {
    taken += piece.length
    if (taken > 20 * 1024 ** 2) break
  }
  assert.ok(read < taken + 32 * 1024 ** 2, `${read} bytes were read for ${taken}`)
  assert.equal(opened.length, 1)
  await until(async () => opened[0]?.destroyed === true)
})
