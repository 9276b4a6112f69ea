import type { Readable } from 'node:stream'
import type { BlobInfo } from '@jackalope/blob-store'
import { ZipFile } from 'yazl'
import { archiveNames } from './archive-names.ts'

export interface Archive {
  stream: Readable
  /** Bytes of the whole archive. */
  sizeBytes: number
}

/** A ZIP archive of blobs, one after the other, stored and not deflated: audio is compressed already, and the length is known
 *  beforehand. One blob is open at a time, and closed when the archive is. A blob that cannot be read to its end breaks the
 *  archive off.
 *  @param open - opens a blob for reading */
export async function archiveOf(
  blobs: readonly BlobInfo[],
  open: (blob: BlobInfo) => Promise<Readable>,
): Promise<Archive> {
  const zip = new ZipFile()
  const stream = zip.outputStream as Readable
  let current: Readable | undefined
  const breakOff = (error: Error) => void stream.destroy(error)
  zip.on('error', breakOff)
  stream.once('close', () => current?.destroy())
  const names = archiveNames(blobs.map(({ fileName }) => fileName))
  for (const [index, blob] of blobs.entries()) {
    const options = { compress: false, size: blob.sizeBytes, mtime: blob.storedAt, mode: 0o100644 }
    zip.addReadStreamLazy(names[index] as string, options, give => {
      open(blob).then(opened => {
        current = opened.once('error', breakOff)
        // The client has left while the blob was opened.
        if (stream.destroyed) opened.destroy()
        else give(null, opened)
      }, breakOff)
    })
  }
  const { promise, resolve } = Promise.withResolvers<number>()
  // The types of yazl know neither options that are left out nor the argument of the callback.
  const end = zip.end as (options: object, told: (sizeBytes: number) => void) => void
  end.call(zip, {}, resolve)
  return { stream, sizeBytes: await promise }
}
