import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { stopComposeServers, stopServer, stopServerSet } from '@jackalope/local-servers/stopping'
import type { Project } from '../project.ts'
import { secretsFile } from './secrets.ts'
import { serviceDir, serviceNames } from './service-names.ts'
import { removeSystemRecord } from './system-record.ts'

/** Stops every service, then every server, whoever started them; the data stay. Without effect when nothing runs.
 *  @throws {LocalServerError} `ERR_STOP_FAILED` */
export async function stopSystem(project: Project): Promise<void> {
  await stopServices(project)
  await stopServerSet(project.servers)
  await stopComposeServers(project.servers)
  await removeSystemRecord(project)
}

/** Stops the gateway first, so that no new work comes in while the others finish theirs. */
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
