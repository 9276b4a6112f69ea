import { minSecretBytes } from '@jackalope/contracts'
import { connectionUrl, integer, secret, serviceVariables } from '@jackalope/service-kit'
import { z } from 'zod'

/** The variables of the environment that auth reads. */
export const authConfig = z.object({
  ...serviceVariables,
  /** Database of the users, such as `mysql://auth:password@mysql:3306/auth`. */
  MYSQL_URL: connectionUrl('mysql').refine(
    url => new URL(url).pathname.length > 1,
    'names no database; expected an address such as mysql://user:password@host:3306/auth',
  ),
  /** Signs the access tokens; the same for every service that verifies them. */
  JWT_SECRET: secret(minSecretBytes),
  /** What other services show to ask for a user's address. */
  SERVICE_TOKEN: secret(minSecretBytes),
  /** How long an access token is good, in seconds: a minute to a day. */
  ACCESS_TOKEN_TTL_SECONDS: integer(60, 86_400).default(3_600),
  /** How many proxies of ours, the gateway included, stand between a client and auth. They must append the address
   *  they see to `X-Forwarded-For`. With a number too high, clients choose the address that login limits go by. */
  TRUSTED_PROXIES: integer(0, 10).default(0),
})
export type AuthConfig = Readonly<z.output<typeof authConfig>>
