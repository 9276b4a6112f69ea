import { access } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UsageError } from '../cli-error.ts'
import type { CommandContext } from '../command.ts'

/** Variables of the services that name the store of videos and audio. */
export type BlobVariables = { BLOB_STORE: 'gridfs' } | { BLOB_STORE: 'disk'; BLOB_DIR: string }

/** Variables of the disk store in the given folder, else in the project's. */
export function diskVariables({
  project,
  env,
  cwd,
}: Pick<CommandContext, 'project' | 'env' | 'cwd'>): BlobVariables {
  return { BLOB_STORE: 'disk', BLOB_DIR: env.BLOB_DIR ? resolve(cwd, env.BLOB_DIR) : project.blobs }
}

/** The store that the user chose with `BLOB_STORE`; `undefined` when it is not set.
 *  @throws {UsageError} when there is no such store */
export function givenBlobVariables(context: CommandContext): BlobVariables | undefined {
  switch (context.env.BLOB_STORE) {
    case undefined:
    case '':
      return undefined
    case 'gridfs':
      return { BLOB_STORE: 'gridfs' }
    case 'disk':
      return diskVariables(context)
    default:
      throw new UsageError(`BLOB_STORE: expected gridfs or disk, got "${context.env.BLOB_STORE}"`)
  }
}

/** Whether the last run stored its files in the project's disk store and not in MongoDB. Then the disk store is used
 *  again. */
export async function keepsBlobsOnDisk({ project }: CommandContext): Promise<boolean> {
  return (await exists(project.blobs)) && !(await exists(join(project.servers, 'mongodb')))
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
