// A job type of its own: a picture of a stored video. To run it beside the system of `./jackalope up`:
//   AMQP_URL=... REDIS_URL=... BLOB_DIR=... node examples/thumbnail/thumbnail.ts
import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { type BlobStore, openBlobStore } from '@jackalope/blob-store'
import { connect, type JobHandler, UnrecoverableError } from '@jackalope/worker-kit'
import { defineJob, type JobDefinition } from '@jackalope/worker-kit/job'
import { z } from 'zod'

const input = z.strictObject({
  videoId: z.string().regex(/^[0-9a-f]{24}$/),
  /** Of the picture, in pixels. */
  width: z.int().min(16).max(1920).default(320),
  /** Where in the video. */
  atSeconds: z.number().min(0).default(0),
})

/** What producers and workers agree on. A producer needs no more of this file. */
export const makeThumbnail: JobDefinition<
  z.input<typeof input>,
  z.output<typeof input>,
  { imageId: string }
> = defineJob({
  name: 'video.thumbnail',
  input,
  attempts: 5,
  backoff: { type: 'exponential', delayMs: 1_000, jitter: 0.5 },
  timeoutMs: 2 * 60_000,
})

type ThumbnailHandler = JobHandler<z.output<typeof input>, { imageId: string }>

/** Does the work. Safe to run twice, since a job may be: the first picture is claimed for the video, another is removed. */
export function thumbnailHandler(videos: BlobStore, images: BlobStore): ThumbnailHandler {
  return async ({ data: { videoId, width, atSeconds }, progress, signal, logger }) => {
    const folder = await mkdtemp(join(tmpdir(), 'thumbnail-'))
    try {
      const [video, image] = [join(folder, 'video'), join(folder, 'image.jpg')]
      if (!(await videos.stat(videoId))) throw new UnrecoverableError('There is no such video any more')
      await pipeline(await videos.open(videoId), createWriteStream(video), { signal })
      await progress(40)
      await takePicture({ video, image, width, atSeconds, signal })
      await progress(90)
      const blob = { fileName: 'thumbnail.jpg', contentType: 'image/jpeg', metadata: { videoId } }
      const stored = await images.put(createReadStream(image), blob)
      const imageId = await videos.claimMetadata(videoId, 'thumbnailId', stored.id)
      if (imageId !== stored.id) await images.delete(stored.id)
      await progress(100)
      logger.info({ videoId, imageId }, 'picture taken')
      return { imageId }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

interface Picture {
  video: string
  image: string
  width: number
  atSeconds: number
  /** Aborted: ffmpeg is ended. */
  signal: AbortSignal
}

async function takePicture({ video, image, width, atSeconds, signal }: Picture): Promise<void> {
  const args = [
    ...['-nostdin', '-v', 'error', '-y'],
    // Uploads are hostile: nothing but this file is opened, and no playlist that would name others.
    ...['-protocol_whitelist', 'file', '-format_whitelist', 'mov,matroska,webm,avi,flv,mpegts,mpeg,asf,ogg'],
    ...['-ss', String(atSeconds), '-i', `file:${video}`],
    ...[
      '-map',
      '0:v:0',
      '-frames:v',
      '1',
      '-vf',
      `scale=${width}:-2`,
      '-f',
      'image2',
      '-update',
      '1',
      `file:${image}`,
    ],
  ]
  try {
    await promisify(execFile)('ffmpeg', args, { signal })
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: string }
    // It ran, and did not like the file; the next attempt would end the same. Anything else is tried again.
    if (typeof code === 'number')
      throw new UnrecoverableError(`No picture could be taken: ${lastLine(stderr)}`)
    throw error
  }
  // Beyond the end it writes nothing, and ends with 0.
  const size = (await stat(image).catch(() => undefined))?.size ?? 0
  if (size === 0) throw new UnrecoverableError(`The video has no picture at ${atSeconds} s`)
}

function lastLine(text = ''): string {
  return text.trim().split('\n').at(-1) ?? ''
}

if (import.meta.main) {
  const { AMQP_URL: amqpUrl, REDIS_URL: redisUrl, BLOB_DIR: dir } = process.env
  if (!amqpUrl || !redisUrl || !dir) throw new Error('AMQP_URL, REDIS_URL and BLOB_DIR have to be set')
  const [videos, images] = ['videos', 'thumbnails'].map(name =>
    openBlobStore({ place: { kind: 'disk', dir }, name }),
  )
  const kit = await connect({ amqpUrl, redisUrl, prefix: process.env.PREFIX })
  kit.work(makeThumbnail, thumbnailHandler(videos as BlobStore, images as BlobStore), { concurrency: 2 })
  await kit.run()
}
