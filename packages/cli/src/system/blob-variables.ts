import { access } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { findProgram } from '@jackalope/local-servers'
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

/** Whether the project's disk store is used, where the user has not chosen: `as before` if the last run did; `new` on a
 *  machine without MongoDB. What stands in for it is ten times slower, and grows with what it stores (decision 20). A
 *  project that has data in a database of its own goes on with that. */
export async function placeWithoutMongodb({
  project,
}: CommandContext): Promise<'as before' | 'new' | undefined> {
  if (await exists(join(project.servers, 'mongodb'))) return undefined
  if (await exists(project.blobs)) return 'as before'
  return findProgram('mongod') ? undefined : 'new'
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
