import { randomUUID } from 'node:crypto'
import { type AccessTokenResponse, sessionScope } from '@jackalope/contracts'
import { HttpProblem } from '@jackalope/service-kit'
import type { Context } from 'koa'
import type { AppDeps } from '../app-deps.ts'
import { type Credentials, readBasicCredentials } from '../http/basic-credentials.ts'
import { authenticate } from '../users/authenticate.ts'
import type { Account } from '../users/user-store.ts'

type LoginDeps = Pick<AppDeps, 'users' | 'passwords' | 'tokens' | 'attempts'>

/** `POST /login` with mail address and password by HTTP Basic: 200 with an access token, as JSON (RFC 6749,
 *  section 5.1), or as plain text for `Accept: text/plain`. A wrong password and an unknown address both get 401. */
export function login(deps: LoginDeps) {
  return async (ctx: Context): Promise<void> => {
    const credentials = readBasicCredentials(ctx.get('Authorization'))
    if (!credentials)
      throw loginRefused(
        'credentials-missing',
        'Send e-mail address and password by HTTP Basic, in UTF-8, as "curl -u EMAIL:PASSWORD" does.',
      )
    const account = await checkedAttempt(deps, credentials, ctx.ip)
    if (!account) throw loginRefused('credentials-wrong', 'E-mail address or password is wrong.')
    const token = await deps.tokens.issue(
      { ...account, emailVerified: true, sessionId: randomUUID() },
      sessionScope,
    )
    ctx.vary('Accept')
    if (ctx.accepts('json', 'text') === 'text') {
      ctx.type = 'text/plain'
      ctx.body = token
    } else {
      const { ttlSeconds } = deps.tokens
      ctx.body = {
        access_token: token,
        token_type: 'Bearer',
        expires_in: ttlSeconds,
      } satisfies AccessTokenResponse
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
    const account = await authenticate(deps, credentials)
    if (account) await attempt.succeeded()
    return account
  } catch (error) {
    await attempt.undecided()
    throw error
  }
}

function loginRefused(code: string, detail: string): HttpProblem {
  const challenge = 'Basic realm="jackalope", charset="UTF-8"'
  return new HttpProblem(401, { code, detail, headers: { 'WWW-Authenticate': challenge } })
}
