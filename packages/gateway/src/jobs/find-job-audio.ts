import type { BlobInfo } from '@jackalope/blob-store'
import type { AudioExpiry, JobView } from '@jackalope/contracts'
import { files } from '@jackalope/contracts/api'
import { type HttpProblem, problem } from '@jackalope/service-kit'
import type { AppDeps } from '../app-deps.ts'
import { findOwnJob } from './find-own-job.ts'

export type AudioDeps = Pick<AppDeps, 'videos' | 'audios' | 'conversions'>

/** Finds the audio of one of the user's completed jobs.
 *  @throws {HttpProblem} 404; 409 while there is none, also after a failure, since the job may be tried again; 410 when the
 *    audio has been deleted */
export async function findJobAudio(jobId: string, userId: string, deps: AudioDeps): Promise<BlobInfo> {
  const job = await findOwnJob(jobId, userId, deps)
  if (!job.result) throw noAudio(job)
  if (job.expired) throw audioExpired(job.expired)
  const audio = await deps.audios.stat(job.result.audioId)
  if (audio?.metadata.ownerId !== userId || !audio)
    throw problem(files.audioDeleted, { detail: 'The audio has been deleted. Upload the video again.' })
  return audio
}

export function audioExpired({ at, reason }: AudioExpiry): HttpProblem {
  return problem(files.audioExpired, { detail: reason, extensions: { expiredAt: at } })
}

function noAudio({ state, progress, error }: JobView): HttpProblem {
  if (state === 'failed' || state === 'canceled')
    return problem(files.conversionFailed, {
      detail: `There is no audio: ${error ?? 'the conversion failed.'}`,
      extensions: { state },
    })
  return problem(files.audioNotReady, {
    detail: `There is no audio yet: the job is ${state}. Ask for it again when GET /jobs/:id says "completed".`,
    extensions: { state, progress },
    headers: { 'Retry-After': '5' },
  })
}
