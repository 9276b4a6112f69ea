import type { JobView } from '@jackalope/contracts'
import { files } from '@jackalope/contracts/api'
import { type EndpointHandler, type HttpProblem, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { sendBlob } from '../files/send-blob.ts'
import { findOwnJob } from './find-own-job.ts'

type AudioDeps = Pick<AppDeps, 'videos' | 'audios' | 'conversions'>

/** `GET /jobs/:id/audio`: the audio of a completed job. 409 while there is none, also after a failure, since the job may
 *  be replayed. 410 when the audio has been deleted. */
export function getJobAudio(deps: AudioDeps): EndpointHandler<typeof files.getJobAudio, UserState> {
  return async (ctx, { params }) => {
    const { userId } = ctx.state
    const job = await findOwnJob(params.id, userId, deps)
    if (!job.result) throw noAudio(job)
    const audio = await deps.audios.stat(job.result.audioId)
    if (audio?.metadata.ownerId !== userId || !audio)
      throw problem(files.audioDeleted, {
        detail: 'The audio has been deleted. Upload the video again.',
      })
    await sendBlob(ctx, deps.audios, audio)
  }
}

function noAudio({ state, progress, error }: JobView): HttpProblem {
  if (state === 'failed')
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
