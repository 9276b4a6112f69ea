import { type notices as endpoints, users as userEndpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'

type NoticeDeps = Pick<AppDeps, 'notices'>

/** `GET /internal/notices/{id}` with the service token, as all of these. */
export function getNotice({ notices }: NoticeDeps): EndpointHandler<typeof endpoints.getNotice, UserState> {
  return async (ctx, { params: { id } }) => {
    ctx.body = await notices.find(id)
  }
}

/** `PUT /internal/notices/{id}`. */
export function recordNotice({
  notices,
}: NoticeDeps): EndpointHandler<typeof endpoints.recordNotice, UserState> {
  return async (ctx, { params: { id }, body }) => {
    ctx.body = await notices.record(id, body)
  }
}

/** `PUT /internal/users/{id}/notices`: whoever has a mail about jobs may want no others. */
export function setNotices({
  database,
  users,
  audit,
}: Pick<AppDeps, 'database' | 'users' | 'audit'>): EndpointHandler<typeof endpoints.setNotices, UserState> {
  return async (ctx, { params: { id }, body: { notices } }) => {
    const { client } = ctx.state
    await database.transaction(async transaction => {
      const account = await users.findById(id, transaction)
      if (!account) throw problem(userEndpoints.noSuchUser, { detail: 'There is no such user.' })
      if (account.notices === notices) return
      await users.change(id, { notices }, transaction)
      await audit.record({ userId: id, action: 'notices-changed', client, detail: { notices } }, transaction)
    })
    ctx.status = 204
  }
}
