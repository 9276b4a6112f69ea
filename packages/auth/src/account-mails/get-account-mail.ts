import { accounts as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'

/** `GET /internal/account-mails/{id}` with the service token. */
export function getAccountMail({
  mails,
}: Pick<AppDeps, 'mails'>): EndpointHandler<typeof endpoints.getAccountMail, UserState> {
  return async (ctx, { params: { id } }) => {
    const mail = await mails.find(id)
    if (!mail) throw problem(endpoints.mailUnknown, { detail: 'There is no such mail.' })
    if (mail === 'obsolete')
      throw problem(endpoints.mailObsolete, { detail: 'This mail must not be sent any more.' })
    ctx.body = mail
  }
}
