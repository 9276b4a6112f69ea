import { hostname } from 'node:os'

/** Tells this process from all others of the service: host, or pod, and process id. */
export function processName(): string {
  return `${hostname()}:${process.pid}`
}
