import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { folderName } from './folder-name.ts'
import { identityOf } from './process-identity.ts'
import { removeStaleFolders } from './stale-folders.ts'

/** The place on the local disk where one process keeps the files of its running jobs. */
export interface WorkFolder {
  /** Absolute. */
  readonly path: string
  /** Runs a function with an empty folder of its own, which is removed afterwards in every case. What killed
   *  processes have left behind is removed first: their space may be needed. */
  withJobFolder<T>(run: (folder: string) => Promise<T>): Promise<T>
  /** Removes the folder and everything in it. May be called twice. */
  close(): Promise<void>
}

/** Makes this process's folder below `parent`, and removes what killed processes have left there.
 *  @param parent - shared by all converters of a machine; made if need be. */
export async function openWorkFolder(parent: string): Promise<WorkFolder> {
  await makeFolder(parent)
  const root = await realpath(parent)
  await removeStaleFolders(root)
  const identity = await identityOf(process.pid)
  if (!identity) throw new Error('This process does not find itself in the process table')
  const path = join(root, folderName(identity))
  await makeFolder(path)
  return {
    path,
    async withJobFolder(run) {
      // Something that cleans up old temporary files may have removed it.
      await makeFolder(path)
      await removeStaleFolders(root)
      const folder = await mkdtemp(join(path, 'job-'))
      try {
        return await run(folder)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    close: () => rm(path, { recursive: true, force: true }),
  }
}

function makeFolder(path: string): Promise<string | undefined> {
  return mkdir(path, { recursive: true, mode: 0o700 })
}
