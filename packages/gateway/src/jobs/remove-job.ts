import type { BlobInfo, BlobStore } from '@jackalope/blob-store'
import { deletedByOwner, jobIdOfVideo } from '@jackalope/contracts'
import { jobs } from '@jackalope/contracts/api'
import { problem } from '@jackalope/service-kit'
import type { AppDeps } from '../app-deps.ts'

export type RemoveDeps = Pick<AppDeps, 'videos' | 'audios' | 'conversions' | 'jobEvents'>

/** How long a running conversion may take to stop, in milliseconds: worker-kit gives it five seconds. */
const stopMs = 8_000

/** Wait between two looks at a conversion that stops, in milliseconds, when no event tells of its end. */
const lookAgainMs = 1_000

/** Removes a job with its record, audio and video. The video goes last, since jobs are listed by their videos: a removal
 *  that breaks off can be repeated.
 *  @returns how many files were removed
 *  @throws {HttpProblem} 503 if the conversion does not stop in time; nothing was removed then */
export async function removeJob(video: BlobInfo, deps: RemoveDeps): Promise<number> {
  await removeRecord(video.id, deps)
  const owned = { ownerId: String(video.metadata.ownerId), jobId: jobIdOfVideo(video.id) }
  let files = await removeAll(deps.audios, owned)
  if (await deps.videos.delete(video.id)) files += 1
  // A converter that stored audio before the video was gone. One that does so later finds no video and removes its audio.
  files += await removeAll(deps.audios, owned)
  return files
}

async function removeRecord(videoId: string, { conversions, jobEvents }: RemoveDeps): Promise<void> {
  if (await conversions.remove(videoId)) return
  const deadline = performance.now() + stopMs
  let wake = () => {}
  const stop = jobEvents.listen({ jobId: jobIdOfVideo(videoId) }, () => wake())
  try {
    await conversions.cancel(videoId, deletedByOwner)
    while (!(await conversions.remove(videoId))) {
      if (performance.now() > deadline)
        throw problem(jobs.jobRunning, {
          detail: 'The conversion did not stop in time, so nothing was deleted. Send the request again.',
          headers: { 'Retry-After': '5' },
        })
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, lookAgainMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  } finally {
    stop()
  }
}

/** @returns how many blobs were removed */
export async function removeAll(store: BlobStore, metadata: Record<string, string>): Promise<number> {
  let removed = 0
  for await (const blob of store.list({ metadata })) if (await store.delete(blob.id)) removed += 1
  return removed
}
