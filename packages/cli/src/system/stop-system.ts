import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { stopComposeServers, stopServer, stopServerSet } from '@jackalope/local-servers/stopping'
import type { Project } from '../project.ts'
import { secretsFile } from './secrets.ts'
import { serviceDir, serviceNames } from './service-names.ts'
import { removeSystemRecord } from './system-record.ts'

/** Stops all services, then all servers, of any command; the data stay. Does nothing when nothing runs.
 *  @throws {LocalServerError} `ERR_STOP_FAILED` */
export async function stopSystem(project: Project): Promise<void> {
  await stopServices(project)
  await stopServerSet(project.servers)
  await stopComposeServers(project.servers)
  await removeSystemRecord(project)
}

/** Stops the services. The gateway is first, so that no new work arrives while the others finish. */
export async function stopServices(project: Project): Promise<void> {
  for (const name of serviceNames) await stopServer(serviceDir(project, name))
}

/** Deletes all data of a stopped system. Installed programs and logs stay. */
export async function eraseData(project: Project): Promise<void> {
  await stopComposeServers(project.servers, { erase: true })
  const folders = [
    project.servers,
    project.services,
    project.blobs,
    project.samples,
    join(project.state, 'work'),
  ]
  for (const path of [...folders, secretsFile(project)]) await rm(path, { recursive: true, force: true })
}
