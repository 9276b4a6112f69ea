import { minSecretBytes } from '@jackalope/contracts'
import { connectionUrl, httpUrl, integer, secret, serviceVariables } from '@jackalope/service-kit'
import { z } from 'zod'

/** The variables of the environment that the gateway reads. */
export const gatewayConfig = z.object({
  ...serviceVariables,
  /** Where auth listens. */
  AUTH_URL: httpUrl(),
  /** Verifies access tokens; the same as auth's. */
  JWT_SECRET: secret(minSecretBytes),
  AMQP_URL: connectionUrl('amqp', 'amqps'),
  REDIS_URL: connectionUrl('redis', 'rediss'),
  MONGODB_URL: connectionUrl('mongodb', 'mongodb+srv'),
  /** Largest video that is taken, in bytes. @default 2 GiB */
  MAX_UPLOAD_BYTES: integer(1, Number.MAX_SAFE_INTEGER).default(2 * 1024 ** 3),
})
export type GatewayConfig = Readonly<z.output<typeof gatewayConfig>>
