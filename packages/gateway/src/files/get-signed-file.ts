import { verifyLink } from '@jackalope/contracts'
import { files } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { type SendDeps, sendBlob } from './send-blob.ts'

/** `GET /files/:audioId?expires=&signature=`: an audio file, for whoever has its signed link. */
export function getSignedFile(
  deps: SendDeps & Pick<AppDeps, 'linkSecrets'>,
): EndpointHandler<typeof files.getSignedFile, UserState> {
  return async (ctx, { params: { audioId }, query }) => {
    const { expires, signature, inline } = query
    switch (verifyLink(audioId, { expires, signature }, deps.linkSecrets)) {
      case 'forged':
        throw problem(files.linkInvalid, { detail: 'The link is not one of ours. Copy the whole of it.' })
      case 'expired':
        throw problem(files.linkExpired, { detail: 'The link has expired. Log in, and make a new one.' })
    }
    const audio = await deps.audios.stat(audioId)
    if (!audio) throw problem(files.fileDeleted, { detail: 'The file has been deleted.' })
    // Addresses with signatures must not become known to other sites.
    ctx.set('Referrer-Policy', 'no-referrer')
    await sendBlob(ctx, audio, { reader: `link ${audioId}`, inline }, deps)
  }
}
