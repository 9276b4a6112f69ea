import { files } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { sendBlob } from './send-blob.ts'

/** `GET /download?fid=AUDIO_ID`: one of the user's own audio files. */
export function download({
  audios,
}: Pick<AppDeps, 'audios'>): EndpointHandler<typeof files.download, UserState> {
  return async (ctx, { query }) => {
    const audio = await audios.stat(query.fid)
    if (audio?.metadata.ownerId !== ctx.state.userId || !audio)
      throw problem(files.fileUnknown, { detail: 'You have no such file.' })
    await sendBlob(ctx, audios, audio)
  }
}
