import { sessions as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { tokenResponse } from '../tokens/token-response.ts'

/** `POST /refresh`: exchanges a refresh token for an access token and the next refresh token. */
export function refresh(
  deps: Pick<AppDeps, 'sessions' | 'tokens'>,
): EndpointHandler<typeof endpoints.refresh, UserState> {
  return async (ctx, { body }) => {
    const session = await deps.sessions.refresh(body.refresh_token, ctx.state.client)
    if (!session)
      throw problem(endpoints.refreshTokenInvalid, {
        detail: 'The refresh token is not valid, or its session has ended. Log in again.',
        headers: { 'WWW-Authenticate': 'Bearer realm="jackalope", error="invalid_token"' },
      })
    ctx.body = await tokenResponse(deps.tokens, session)
  }
}
