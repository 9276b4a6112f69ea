import { host } from './host.ts'
import { port } from './integer.ts'
import { logLevel } from './log-level.ts'

/** What every service reads: `z.object({ ...serviceVariables, MYSQL_URL: connectionUrl('mysql') })`. */
export const serviceVariables = { HOST: host(), PORT: port(), LOG_LEVEL: logLevel() }
