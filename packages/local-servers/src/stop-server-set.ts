import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { stopServer } from './server.ts'

/** Stops every server that is recorded below a folder; the data stay.
 *  @throws {LocalServerError} `ERR_STOP_FAILED` */
export async function stopServerSet(dir: string): Promise<void> {
  const folders = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const stops = folders.map(folder => stopServer(join(dir, folder)))
  const failure = (await Promise.allSettled(stops)).find(stop => stop.status === 'rejected')
  if (failure) throw failure.reason
}
