import { HttpProblem } from '@jackalope/service-kit'
import type { RouterContext } from '@koa/router'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { sendBlob } from './send-blob.ts'

/** `GET /download?fid=AUDIO_ID`: one of the user's own audio files. */
export function download({ audios }: Pick<AppDeps, 'audios'>) {
  return async (ctx: RouterContext<UserState>): Promise<void> => {
    const { fid } = ctx.query
    if (typeof fid !== 'string' || fid === '')
      throw new HttpProblem(400, {
        code: 'invalid-query',
        detail: 'Say which file: /download?fid=AUDIO_ID. The id is "result.audioId" of a completed job.',
      })
    const audio = await audios.stat(fid)
    if (audio?.metadata.ownerId !== ctx.state.userId || !audio)
      throw new HttpProblem(404, { code: 'file-unknown', detail: 'You have no such file.' })
    await sendBlob(ctx, audios, audio)
  }
}
