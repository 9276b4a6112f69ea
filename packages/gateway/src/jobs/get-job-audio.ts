import type { files } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import { type SendDeps, sendBlob } from '../files/send-blob.ts'
import { type AudioDeps, findJobAudio } from './find-job-audio.ts'

/** `GET /jobs/:id/audio`: the audio of a completed job. */
export function getJobAudio(
  deps: AudioDeps & SendDeps,
): EndpointHandler<typeof files.getJobAudio, UserState> {
  return async (ctx, { params, query }) => {
    const { userId } = ctx.state
    const audio = await findJobAudio(params.id, userId, deps)
    await sendBlob(ctx, audio, { reader: userId, inline: query.inline }, deps)
  }
}
