import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  type ConversionResult,
  conversionResult,
  jobIdOfVideo,
  jobView,
  type LastAttempt,
  videoIdOfJob,
} from '@jackalope/contracts'
import { upload } from './forms.ts'
import type { TestGateway } from './test-gateway.ts'

/** Uploads a video; gives the job's id. */
export async function uploaded(gateway: TestGateway, user = 'ada', fileName = 'song.mp4'): Promise<string> {
  // The same bytes again would be given the audio that exists.
  const response = await upload(gateway, new File([randomUUID()], fileName, { type: 'video/mp4' }), { user })
  assert.equal(response.status, 202, JSON.stringify(gateway.logs.at(-1)))
  return jobView.parse(await response.json()).id
}

/** Stores audio for a job and makes it the job's result, as a converter does before it completes the job. */
export async function storeResult(
  { videos, audios }: Pick<TestGateway, 'videos' | 'audios'>,
  jobId: string,
  bytes: Buffer | string = 'bytes of audio',
  fileName = 'song.mp3',
  last?: LastAttempt,
): Promise<ConversionResult> {
  const videoId = videoIdOfJob(jobId) ?? ''
  const ownerId = (await videos.stat(videoId))?.metadata.ownerId
  const audio = await audios.put(Readable.from([bytes]), {
    fileName,
    contentType: 'audio/mpeg',
    metadata: { ownerId, jobId: jobIdOfVideo(videoId) },
  })
  const { id: audioId, sizeBytes } = audio
  const result = conversionResult.parse({ audioId, fileName, sizeBytes, durationSeconds: 1 })
  return conversionResult.parse(
    await videos.claimMetadata(videoId, 'result', last ? { ...result, last } : result),
  )
}
