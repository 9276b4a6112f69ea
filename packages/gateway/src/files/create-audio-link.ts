import { linkLifetimeSeconds, signLink } from '@jackalope/contracts'
import type { files } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { type AudioDeps, findJobAudio } from '../jobs/find-job-audio.ts'

type LinkDeps = AudioDeps & Pick<AppDeps, 'publicUrl' | 'linkSecret'>

/** `POST /jobs/:id/audio/link`: a link to the audio that works without logging in, until it expires. */
export function createAudioLink(deps: LinkDeps): EndpointHandler<typeof files.createAudioLink, UserState> {
  return async (ctx, { params, body }) => {
    const audio = await findJobAudio(params.id, ctx.state.userId, deps)
    const lifetimeSeconds = body?.lifetimeSeconds ?? linkLifetimeSeconds.default
    const { url, expiresAt } = signLink(audio.id, {
      publicUrl: deps.publicUrl(''),
      secret: deps.linkSecret,
      expiresAt: new Date(Date.now() + lifetimeSeconds * 1_000),
    })
    ctx.status = 201
    ctx.set('Cache-Control', 'no-store')
    ctx.body = { url, expiresAt: expiresAt.toISOString() }
  }
}
