import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { folderName } from './folder-name.ts'
import { identityOf } from './process-identity.ts'
import { removeStaleFolders } from './stale-folders.ts'

/** The local folder in which one process keeps the files of its running jobs. */
export interface WorkFolder {
  /** Absolute. */
  readonly path: string
  /** Runs a function with an empty folder of its own, which is always removed afterwards. Files of killed processes are
   *  removed first, to free space. */
  withJobFolder<T>(run: (folder: string) => Promise<T>): Promise<T>
  /** Removes the folder and everything in it. May be called twice. */
  close(): Promise<void>
}

/** Creates this process's folder below `parent`, and removes the folders of killed processes.
 *  @param parent - shared by all converters of a machine; created if it is missing */
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
      // A clean-up of old temporary files may have removed the folder.
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
