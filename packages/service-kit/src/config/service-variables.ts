import { host } from './host.ts'
import { port } from './integer.ts'
import { logLevel } from './log-level.ts'

/** The variables that every service reads: `z.object({ ...serviceVariables, MYSQL_URL: connectionUrl('mysql') })`. */
export const serviceVariables = {
  HOST: host(),
  PORT: port(),
  /** Port of `GET /metrics`. @default none: there are no metrics */
  METRICS_PORT: port().optional(),
  LOG_LEVEL: logLevel(),
}
