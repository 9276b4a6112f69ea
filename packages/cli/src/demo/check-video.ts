import { access, constants, stat } from 'node:fs/promises'
import { UsageError } from '../cli-error.ts'

/** Checks that a video is a readable, non-empty file.
 *  @throws {UsageError} when it is not */
export async function checkVideo(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new UsageError(`${path}: there is no such file`)
  if (!found.isFile()) throw new UsageError(`${path}: not a file`)
  if (found.size === 0) throw new UsageError(`${path}: the file is empty`)
  await access(path, constants.R_OK).catch(cause => {
    throw new UsageError(`${path}: you may not read this file`, { cause })
  })
}
