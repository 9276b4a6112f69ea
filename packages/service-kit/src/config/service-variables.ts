import { host } from './host.ts'
import { port } from './integer.ts'
import { logLevel } from './log-level.ts'

/** What every service reads: `z.object({ ...serviceVariables, MYSQL_URL: connectionUrl('mysql') })`. */
export const serviceVariables = {
  HOST: host(),
  PORT: port(),
  /** Where `GET /metrics` is answered; nowhere without it. */
  METRICS_PORT: port().optional(),
  LOG_LEVEL: logLevel(),
}
