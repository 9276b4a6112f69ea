import { files } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { expiredAudioField, readExpiry } from '../jobs/expiry.ts'
import { audioExpired } from '../jobs/find-job-audio.ts'
import { type SendDeps, sendBlob } from './send-blob.ts'

/** `GET /download?fid=AUDIO_ID`: one of the user's own audio files. */
export function download(
  deps: SendDeps & Pick<AppDeps, 'videos'>,
): EndpointHandler<typeof files.download, UserState> {
  return async (ctx, { query }) => {
    const { userId } = ctx.state
    const audio = await deps.audios.stat(query.fid)
    if (!audio) await refuseExpired(query.fid, userId, deps)
    if (audio?.metadata.ownerId !== userId || !audio)
      throw problem(files.fileUnknown, { detail: 'You have no such file.' })
    await sendBlob(ctx, audio, { reader: userId, inline: query.inline }, deps)
  }
}

/** @throws {HttpProblem} 410 if the file was one of the user's, and its time is over */
async function refuseExpired(
  audioId: string,
  ownerId: string,
  { videos }: Pick<AppDeps, 'videos'>,
): Promise<void> {
  const filter = { metadata: { ownerId, [expiredAudioField]: audioId }, limit: 1 }
  for await (const video of videos.list(filter)) {
    const expired = readExpiry(video)
    if (expired) throw audioExpired(expired)
  }
}
