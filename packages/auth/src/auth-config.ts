import { maxTokenLifeSeconds, minSecretBytes, tokenAlgorithms } from '@jackalope/contracts'
import {
  connectionUrl,
  connectionUrls,
  httpUrl,
  integer,
  networks,
  oneOf,
  requireFor,
  secret,
  serviceVariables,
} from '@jackalope/service-kit'
import { z } from 'zod'
import { privateKeyPem, publicKeyPems } from './tokens/pem-keys.ts'

/** Address of the database of the users. */
export function databaseUrl() {
  return connectionUrl('mysql').refine(
    url => new URL(url).pathname.length > 1,
    'names no database; expected an address such as mysql://user:password@host:3306/auth',
  )
}

const variables = z.object({
  ...serviceVariables,
  /** Database of the users, such as `mysql://auth:password@mysql:3306/auth`. */
  MYSQL_URL: databaseUrl(),
  /** RabbitMQ, which carries the jobs of account mails and erasures. Logins do not wait for it. */
  AMQP_URL: connectionUrls('amqp', 'amqps'),
  /** Redis counts failed logins and other requests, for all replicas together. */
  REDIS_URL: connectionUrl('redis', 'rediss'),
  /** Service that knows passwords from data breaches, with the API of Have I Been Pwned:
   *  `https://api.pwnedpasswords.com/range`. @default new passwords are not looked up */
  BREACHED_PASSWORDS_URL: httpUrl().optional(),
  /** How access tokens are signed: with a secret that the gateway shares, or with a private key that only auth has. */
  JWT_ALGORITHM: oneOf(...tokenAlgorithms).default('HS256'),
  /** Key that signs access tokens with `HS256`; required for it. The gateway has the same. */
  JWT_SECRET: secret(minSecretBytes).optional(),
  /** A second secret that verifies only: the next or the previous one while JWT_SECRET is changed. */
  JWT_ACCEPTED_SECRET: secret(minSecretBytes).optional(),
  /** Key that signs access tokens with `ES256`, in PEM; required for it. */
  JWT_PRIVATE_KEY: privateKeyPem().optional(),
  /** Public keys that are published too, in PEM: the next or the previous one while JWT_PRIVATE_KEY is changed. */
  JWT_ACCEPTED_PUBLIC_KEYS: publicKeyPems().optional(),
  /** Token with which other services ask for a user's address. */
  SERVICE_TOKEN: secret(minSecretBytes),
  /** Lifetime of an access token, in seconds: 60 to 86,400. */
  ACCESS_TOKEN_TTL_SECONDS: integer(60, maxTokenLifeSeconds).default(600),
  /** `off`: no mail is sent, so addresses are not verified. @default they are */
  MAIL: oneOf('off').optional(),
  /** `on`: anybody can try the service without an account, with the gateway's small limits. @default off */
  GUESTS: oneOf('on', 'off').default('off'),
  /** How long a guest and his files are kept, in seconds: a minute to a week. @default 1 hour */
  GUEST_KEPT_SECONDS: integer(60, 7 * 86_400).default(3_600),
  /** How long the audit log is kept, in days: 1 to 3,650. */
  AUDIT_DAYS: integer(1, 3_650).default(365),
  /** Networks that users' webhooks may lead to besides the public internet, such as `10.0.0.0/8`; the same as the notifier's.
   *  Within them HTTP is allowed. @default none, and HTTPS only */
  WEBHOOK_ALLOWED_NETWORKS: networks().optional(),
  /** How long a webhook fails before it is disabled, in hours: 0 to 720. 0 is at its second failure in a row. */
  WEBHOOK_DISABLE_AFTER_HOURS: integer(0, 720).default(72),
})

/** The variables of the environment that auth reads. */
export const authConfig = requireFor(variables, 'JWT_ALGORITHM', {
  HS256: 'JWT_SECRET',
  ES256: 'JWT_PRIVATE_KEY',
})
export type AuthConfig = Readonly<z.output<typeof authConfig>>
