import { sessionScope } from '@jackalope/contracts'
import { users as endpoints } from '@jackalope/contracts/api'
import { type EndpointHandler, problem } from '@jackalope/service-kit'
import type { ProblemKind } from '@jackalope/service-kit/endpoint'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { type Credentials, readBasicCredentials } from '../http/basic-credentials.ts'
import { tokenResponse } from '../tokens/token-response.ts'
import { authenticate } from '../users/authenticate.ts'
import type { Account } from '../users/user-store.ts'

type LoginDeps = Pick<AppDeps, 'users' | 'passwords' | 'tokens' | 'attempts' | 'turns' | 'sessions'>

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
    const account = await checkedAttempt(deps, credentials, client.address)
    if (!account) throw credentialsWrong()
    // Only who knows the password learns it.
    if (account.lockedAt)
      throw problem(endpoints.accountLocked, { detail: 'An administrator has locked this account.' })
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

async function checkedAttempt(
  deps: LoginDeps,
  credentials: Credentials,
  address: string,
): Promise<Account | undefined> {
  const attempt = await deps.attempts.begin(credentials.user, address)
  try {
    const check = () => authenticate(deps, credentials, address)
    const account = await deps.turns(attempt, address, check)
    if (account) await attempt.succeeded()
    return account
  } catch (error) {
    await attempt.undecided()
    throw error
  }
}

function credentialsWrong() {
  return loginRefused(endpoints.credentialsWrong, 'E-mail address or password is wrong.')
}

function loginRefused(kind: ProblemKind, detail: string) {
  const challenge = 'Basic realm="jackalope", charset="UTF-8"'
  return problem(kind, { detail, headers: { 'WWW-Authenticate': challenge } })
}
