import { join } from 'node:path'
import type { Project } from '../project.ts'

/** The services in the order in which they are stopped: the one that accepts work comes first. */
export const serviceNames = ['gateway', 'converter', 'notifier', 'auth'] as const
export type ServiceName = (typeof serviceNames)[number]

/** Folder of a service's record. */
export function serviceDir({ services }: Project, name: ServiceName): string {
  return join(services, name)
}
