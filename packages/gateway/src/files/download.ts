import { files } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import { type SendDeps, sendBlob } from './send-blob.ts'

/** `GET /download?fid=AUDIO_ID`: one of the user's own audio files. */
export function download(deps: SendDeps): EndpointHandler<typeof files.download, UserState> {
  return async (ctx, { query }) => {
    const { userId } = ctx.state
    const audio = await deps.audios.stat(query.fid)
    if (audio?.metadata.ownerId !== userId || !audio)
      throw problem(files.fileUnknown, { detail: 'You have no such file.' })
    await sendBlob(ctx, audio, { reader: userId, inline: query.inline }, deps)
  }
}
