import { statfs } from 'node:fs/promises'
import { ConverterError } from '../converter-error.ts'

/** Bytes that stay free for other users of the disk. */
const reserveBytes = 32 * 1024 * 1024

/** Checks that a folder's disk has room for so many bytes, before the work starts.
 *  @throws {ConverterError} `ERR_DISK_FULL` */
export async function ensureFreeSpace(folder: string, neededBytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const freeBytes = bavail * bsize
  if (freeBytes >= neededBytes + reserveBytes) return
  throw new ConverterError(
    'ERR_DISK_FULL',
    `Not enough space in ${folder}: ${mebibytes(neededBytes + reserveBytes)} MiB needed, ${mebibytes(freeBytes)} MiB free`,
  )
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 1024 ** 2)
}
