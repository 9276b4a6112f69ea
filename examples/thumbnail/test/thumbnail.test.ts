import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openBlobStore } from '@jackalope/blob-store'
import { connect } from '@jackalope/worker-kit'
import { makeThumbnail } from '../thumbnail.ts'

const run = promisify(execFile)
const program = fileURLToPath(new URL('../thumbnail.ts', import.meta.url))

/** The example as a process of its own, and a producer. */
async function started(t: TestContext) {
  const { AMQP_URL: amqpUrl, REDIS_URL: redisUrl, PATH } = process.env
  if (!amqpUrl || !redisUrl) throw new Error('AMQP_URL and REDIS_URL are not set: run ./jackalope test')
  const folder = await mkdtemp(join(tmpdir(), 'jackalope-thumbnail-'))
  const [temporary, dir] = [join(folder, 'tmp'), join(folder, 'blobs')]
  await mkdir(temporary)
  const prefix = `test-${randomUUID()}`
  const env = {
    PATH,
    AMQP_URL: amqpUrl,
    REDIS_URL: redisUrl,
    BLOB_DIR: dir,
    PREFIX: prefix,
    TMPDIR: temporary,
  }
  const worker = spawn(process.execPath, [program], { env, stdio: ['ignore', 'inherit', 'inherit'] })
  const ended = once(worker, 'exit')
  const [videos, images] = ['videos', 'thumbnails'].map(name =>
    openBlobStore({ place: { kind: 'disk', dir }, name }),
  )
  const kit = await connect({ amqpUrl, redisUrl, prefix })
  const queue = kit.queue(makeThumbnail)
  t.after(async () => {
    worker.kill('SIGTERM')
    assert.deepEqual(await ended, [0, null])
    assert.deepEqual(await readdir(temporary), [], 'something was left')
    await queue.bull.obliterate({ force: true })
    await kit.close()
    await Promise.all([videos?.close(), images?.close()])
    await rm(folder, { recursive: true, force: true })
  })
  return {
    folder,
    queue,
    images: images as NonNullable<typeof images>,
    store: async (path: string) =>
      (await videos?.put(createReadStream(path), { fileName: 'video', contentType: 'video/mp4' }))
        ?.id as string,
    async finished(id: string) {
      for (;;) {
        const job = await queue.getJob(id)
        if (job?.finishedOn) return job
        await delay(10)
      }
    },
  }
}

async function makeVideo(path: string, source: string, ...options: string[]): Promise<string> {
  await run('ffmpeg', [
    '-nostdin',
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    source,
    '-c:v',
    'mpeg4',
    ...options,
    path,
  ])
  return path
}

test('takes a picture of a video, once, however often it is asked to', async t => {
  const { folder, queue, store, images, finished } = await started(t)
  const path = await makeVideo(join(folder, 'v.mp4'), 'testsrc2=size=640x480:rate=10:duration=2')
  const videoId = await store(path)
  const first = await finished((await queue.add({ videoId, width: 200, atSeconds: 1 })).id)
  assert.deepEqual([first.failedReason, first.progress], [undefined, 100])
  const again = await finished((await queue.add({ videoId })).id)
  assert.deepEqual(again.returnvalue, first.returnvalue)
  const kept = []
  for await (const image of images.list()) kept.push(image)
  assert.deepEqual(
    kept.map(({ id, metadata }) => [id, metadata]),
    [[first.returnvalue.imageId, { videoId }]],
  )
  const picture = join(folder, 'picture.jpg')
  await pipeline(await images.open(first.returnvalue.imageId), createWriteStream(picture))
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-of', 'csv=p=0', '-show_entries', 'stream=codec_name,width,height', picture],
  ])
  assert.equal(stdout.trim(), 'mjpeg,200,150')
})

test('what is wrong with the order or the video is said, and not tried again', async t => {
  const { folder, queue, store, finished } = await started(t)
  await assert.rejects(queue.add({ videoId: '../etc/passwd', width: 5 }), {
    code: 'ERR_INVALID_PAYLOAD',
    message: /videoId: .*width: /,
  })
  const playlist = join(folder, 'playlist.mp4')
  await writeFile(playlist, '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n')
  const short = await makeVideo(join(folder, 'v.mp4'), 'testsrc2=size=64x64:rate=10:duration=1')
  const orders: [order: { videoId: string; atSeconds?: number }, reason: RegExp][] = [
    [{ videoId: 'f'.repeat(24) }, /no such video/],
    [{ videoId: await store(playlist) }, /No picture could be taken/],
    [{ videoId: await store(short), atSeconds: 60 }, /no picture at 60 s/],
  ]
  for (const [order, reason] of orders) {
    const job = await finished((await queue.add(order)).id)
    assert.match(job.failedReason, reason)
    assert.equal(job.attemptsMade, 1)
  }
})

test('ends ffmpeg when it is canceled, and leaves nothing', async t => {
  const { folder, queue, store, images, finished } = await started(t)
  // One key frame: for a picture at the end, all before it has to be decoded.
  const path = await makeVideo(
    join(folder, 'v.avi'),
    'color=size=64x64:rate=600:duration=60',
    ...['-g', '1000000', '-sc_threshold', '1000000000'],
  )
  const { id } = await queue.add({ videoId: await store(path), atSeconds: 59 })
  while ((await queue.getJob(id))?.progress !== 40) await delay(2)
  assert.equal(await queue.cancel(id, 'not wanted'), 'requested')
  assert.equal((await finished(id)).failedReason, 'Canceled: not wanted')
  for await (const image of images.list()) assert.fail(`there is an image: ${image.id}`)
})
