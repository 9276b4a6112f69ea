import { sessionScope } from '@jackalope/contracts'
import { users as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { ProblemKind } from '@jackalope/service-kit/endpoint'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { readBasicCredentials } from '../http/basic-credentials.ts'
import { type CheckLoginDeps, checkLogin, wrongCredentials } from '../login/check-login.ts'
import { tokenResponse } from '../tokens/token-response.ts'

type LoginDeps = CheckLoginDeps & Pick<AppDeps, 'tokens' | 'sessions'>

/** `POST /login` with mail address and password by HTTP Basic: 200 with an access token, as JSON (RFC 6749,
 *  section 5.1), or as plain text for `Accept: text/plain`. A wrong password and an unknown address both get 401. */
export function login(deps: LoginDeps): EndpointHandler<typeof endpoints.login, UserState> {
  return async ctx => {
    const credentials = readBasicCredentials(ctx.get('Authorization'))
    if (!credentials)
      throw loginRefused(
        endpoints.credentialsMissing,
        'Send e-mail address and password by HTTP Basic, in UTF-8, as "curl -u EMAIL:PASSWORD" does.',
      )
    const { client } = ctx.state
    const account = await checkLogin(deps, credentials, client.address, credentialsWrong)
    ctx.vary('Accept')
    if (ctx.accepts('json', 'text') === 'text') {
      const sessionId = await deps.sessions.startShort(account, client)
      if (sessionId === undefined) throw credentialsWrong()
      ctx.type = 'text/plain'
      ctx.body = await deps.tokens.issue({ ...account, sessionId }, sessionScope)
    } else {
      const session = await deps.sessions.start(account, client)
      if (!session) throw credentialsWrong()
      ctx.body = await tokenResponse(deps.tokens, session)
    }
  }
}

function credentialsWrong() {
  return loginRefused(endpoints.credentialsWrong, wrongCredentials)
}

function loginRefused(kind: ProblemKind, detail: string) {
  const challenge = 'Basic realm="jackalope", charset="UTF-8"'
  return problem(kind, { detail, headers: { 'WWW-Authenticate': challenge } })
}
