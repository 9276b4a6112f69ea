import { minSecretBytes } from '@jackalope/contracts'
import { connectionUrl, integer, oneOf, secret, serviceVariables } from '@jackalope/service-kit'
import { z } from 'zod'

/** The variables of the environment that auth reads. */
export const authConfig = z.object({
  ...serviceVariables,
  /** Database of the users, such as `mysql://auth:password@mysql:3306/auth`. */
  MYSQL_URL: connectionUrl('mysql').refine(
    url => new URL(url).pathname.length > 1,
    'names no database; expected an address such as mysql://user:password@host:3306/auth',
  ),
  /** Key that signs access tokens. Every service that verifies them has the same. */
  JWT_SECRET: secret(minSecretBytes),
  /** Token with which other services ask for a user's address. */
  SERVICE_TOKEN: secret(minSecretBytes),
  /** Lifetime of an access token, in seconds: 60 to 86,400. */
  ACCESS_TOKEN_TTL_SECONDS: integer(60, 86_400).default(3_600),
  /** `off`: no mail is sent, so addresses are not verified. @default they are */
  MAIL: oneOf('off').optional(),
  /** Number of trusted proxies between a client and auth, the gateway included. Each must append the address that it
   *  sees to `X-Forwarded-For`. If the number is too high, clients can forge the address that login limits use. */
  TRUSTED_PROXIES: integer(0, 10).default(0),
})
export type AuthConfig = Readonly<z.output<typeof authConfig>>
