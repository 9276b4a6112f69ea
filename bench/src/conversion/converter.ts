import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, watch } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type BlobStorePlace, openBlobStore } from '@jackalope/blob-store'
import { convertVideo, jobIdOfVideo } from '@jackalope/contracts'
import { findFreePort } from '@jackalope/local-servers'
import { connect } from '@jackalope/worker-kit'
import { childrenCpuMicros, cpuMicros } from '../cpu-time.ts'
import { forgetPeakMemory, peakMemoryMebibytes } from '../peak-memory.ts'
import type { BenchServers } from '../servers.ts'
import type { Cost } from './cost.ts'
import type { Video } from './make-videos.ts'

const main = fileURLToPath(new URL('../../../packages/converter/src/main.ts', import.meta.url))
const readyWithinMs = 60_000
const removedWithinMs = 30_000
const doneWithinMs = 30 * 60_000

export interface Converter {
  /** Converts videos at the same time: from "stored" to "audio stored". */
  convert(videos: readonly Video[]): Promise<Cost & { sha256: string[]; peakMebibytes: number }>
  close(): Promise<void>
}

/** Starts the converter as it is deployed, with stores of its own, at the bench's servers. */
export async function startConverter(
  place: BlobStorePlace,
  folder: string,
  { servers, signal }: { servers: BenchServers; signal: AbortSignal },
): Promise<Converter> {
  const { url: amqpUrl } = servers.rabbitmq
  const { url: redisUrl } = servers.redis['redis-none']
  const port = await findFreePort()
  const work = join(folder, 'work')
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      ...{ HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'error' },
      ...{ AMQP_URL: amqpUrl, REDIS_URL: redisUrl, CONCURRENCY: '2' },
      ...{ WORK_DIR: work, BLOB_STORE: place.kind },
      ...(place.kind === 'disk' ? { BLOB_DIR: place.dir } : { MONGODB_URL: place.url }),
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = once(child, 'exit')
  const pid = child.pid as number
  await untilReady(port, signal)
  const kit = await connect({ amqpUrl, redisUrl })
  const queue = kit.queue(convertVideo)
  const videoStore = openBlobStore({ place, name: 'videos' })
  const audioStore = openBlobStore({ place, name: 'mp3s' })
  const cpu = () => ((cpuMicros(pid) ?? 0) + (childrenCpuMicros(pid) ?? 0)) / 1e6

  async function upload({ path }: Video): Promise<string> {
    const ownerId = randomBytes(12).toString('hex')
    const blob = { fileName: 'video.mp4', contentType: 'video/mp4', metadata: { ownerId } }
    return (await videoStore.put(createReadStream(path), blob)).id
  }

  return {
    async convert(videos) {
      const ids = await Promise.all(videos.map(upload))
      // The stores have done what the uploads left to do.
      await Promise.all([videoStore.ping(), audioStore.ping()])
      forgetPeakMemory(pid)
      const [startedAt, cpuBefore] = [Date.now(), cpu()]
      const jobs = await Promise.all(
        ids.map(async videoId => {
          const ownerId = String((await videoStore.stat(videoId))?.metadata.ownerId)
          return await queue.add(
            { videoId, ownerId, fileName: 'video.mp4' },
            { jobId: jobIdOfVideo(videoId) },
          )
        }),
      )
      const finished = await Promise.all(jobs.map(job => untilFinished(String(job.id))))
      const seconds = (Math.max(...finished.map(({ at }) => at)) - startedAt) / 1_000
      await untilNoJobFolder(work, signal)
      const cost = { seconds, cpuSeconds: cpu() - cpuBefore, peakMebibytes: peakMemoryMebibytes(pid) }
      const sha256 = await Promise.all(
        finished.map(async ({ audioId }) => String((await audioStore.stat(audioId))?.sha256)),
      )
      await Promise.all(ids.map(id => videoStore.delete(id)))
      await Promise.all(finished.map(({ audioId }) => audioStore.delete(audioId)))
      return { ...cost, sha256 }
    },
    async close() {
      child.kill('SIGTERM')
      await Promise.all([ended, kit.close(), videoStore.close(), audioStore.close()])
    },
  }

  async function untilFinished(id: string): Promise<{ audioId: string; at: number }> {
    for (const deadline = Date.now() + doneWithinMs; Date.now() < deadline; ) {
      signal.throwIfAborted()
      const job = await queue.getJob(id)
      if (job?.failedReason && job.finishedOn) throw new Error(`the conversion failed: ${job.failedReason}`)
      if (job?.finishedOn !== undefined)
        return { audioId: String((job.returnvalue as { audioId: string }).audioId), at: job.finishedOn }
      await delay(100, undefined, { signal })
    }
    throw new Error(`the conversion did not end within ${doneWithinMs / 60_000} min`)
  }
}

/** A job's folder is removed after its end is known. */
async function untilNoJobFolder(work: string, signal: AbortSignal): Promise<void> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(removedWithinMs)])
  const changes = watch(work, { recursive: true })
  try {
    for (;;) {
      const change = once(changes, 'change', { signal: deadline })
      // Not waited for if there is no folder any more.
      change.catch(() => {})
      // A folder that is removed while it is read is there still.
      const names = await readdir(work, { recursive: true }).catch(() => ['job-'])
      if (!names.some(name => /(^|\/)job-[^/]*$/.test(name))) return
      await change
    }
  } finally {
    changes.close()
  }
}

async function untilReady(port: number, signal: AbortSignal): Promise<void> {
  for (const deadline = Date.now() + readyWithinMs; Date.now() < deadline; ) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.ok) return
    await delay(100, undefined, { signal })
  }
  throw new Error('the converter did not become ready')
}
