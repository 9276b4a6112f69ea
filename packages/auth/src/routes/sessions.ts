import type { SessionList, SessionView } from '@jackalope/contracts'
import { sessions as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { describeUserAgent } from '../sessions/describe-user-agent.ts'
import type { Session } from '../sessions/session-store.ts'

type SessionDeps = Pick<AppDeps, 'database' | 'sessions' | 'audit'>

/** `POST /logout`: ends the session of the access token. */
export function logout(deps: SessionDeps): EndpointHandler<typeof endpoints.logout, UserState> {
  return async ctx => {
    const { userId, user, client } = ctx.state
    const sessionId = user.sessionId ?? ''
    await deps.database.transaction(async transaction => {
      // A second logout at the same moment leaves no second entry.
      if (!(await deps.sessions.end(userId, sessionId, transaction))) return
      const entry = { userId, actorId: userId, action: 'logged-out', client } as const
      await deps.audit.record({ ...entry, detail: { sessionId } }, transaction)
    })
    ctx.status = 204
  }
}

/** `GET /account/sessions`. */
export function listSessions(
  deps: Pick<SessionDeps, 'sessions'>,
): EndpointHandler<typeof endpoints.listSessions, UserState> {
  return async ctx => {
    const { userId, user } = ctx.state
    const sessions = (await deps.sessions.list(userId)).map(session => toView(session, user.sessionId))
    ctx.body = { sessions } satisfies SessionList
  }
}

/** `DELETE /account/sessions/{id}`. */
export function endSession(deps: SessionDeps): EndpointHandler<typeof endpoints.endSession, UserState> {
  return async (ctx, { params: { id } }) => {
    const { userId, client } = ctx.state
    await deps.database.transaction(async transaction => {
      if (!(await deps.sessions.end(userId, id, transaction)))
        throw problem(endpoints.sessionUnknown, {
          detail: 'You have no such session. It may have ended.',
        })
      const entry = { userId, actorId: userId, action: 'session-ended', client } as const
      await deps.audit.record({ ...entry, detail: { sessionId: id } }, transaction)
    })
    ctx.status = 204
  }
}

/** `DELETE /account/sessions`: logs out everywhere. */
export function endSessions(deps: SessionDeps): EndpointHandler<typeof endpoints.endSessions, UserState> {
  return async ctx => {
    const { userId, client } = ctx.state
    await deps.database.transaction(async transaction => {
      const ended = await deps.sessions.endAll(userId, transaction)
      const entry = { userId, actorId: userId, action: 'session-ended', client } as const
      await deps.audit.record({ ...entry, detail: { sessions: ended } }, transaction)
    })
    ctx.status = 204
  }
}

function toView(session: Session, currentId: string | undefined): SessionView {
  return {
    id: session.id,
    client: describeUserAgent(session.userAgent),
    userAgent: session.userAgent,
    address: session.clientAddress,
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    current: session.id === currentId,
  }
}
