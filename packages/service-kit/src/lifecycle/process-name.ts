import { hostname } from 'node:os'

/** Tells this process from all others of the service: host, or pod, and process id. Redis takes no other characters in the name
 *  of a connection than those of ASCII, and hosts may bear others.
 *  @param host - @default this one */
export function processName(host = hostname()): string {
  return `${host.replace(/[^\w.-]/g, '_')}:${process.pid}`
}
