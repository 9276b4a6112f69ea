import { link, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ObjectId } from 'mongodb'
import { metadataOf } from '../blob.ts'
import type { BlobInfo, NewBlob } from '../blob-store.ts'
import { contentFile, infoFile, toInfoText } from './disk-blob.ts'
import { type DiskFolder, folderMode, syncFolder, writeDurable } from './disk-folder.ts'

/** Makes another blob whose content is a hard link to the same file.
 *  @throws `ENOENT` if the original, or its content, is gone */
export async function copyBlob(folder: DiskFolder, original: BlobInfo, blob: NewBlob): Promise<BlobInfo> {
  const id = new ObjectId().toHexString()
  const { sizeBytes, sha256 } = original
  const info: BlobInfo = {
    id,
    fileName: blob.fileName,
    contentType: blob.contentType,
    sizeBytes,
    ...(sha256 !== undefined && { sha256 }),
    storedAt: new Date(),
    metadata: metadataOf(blob, id),
  }
  const path = join(folder.unfinished, id)
  await mkdir(path, { mode: folderMode })
  try {
    await link(join(folder.blobs, original.id, contentFile), join(path, contentFile))
    await writeDurable(join(path, infoFile), toInfoText(info))
    await syncFolder(path)
    await rename(path, join(folder.blobs, id))
  } catch (error) {
    await rm(path, { recursive: true, force: true })
    throw error
  }
  await syncFolder(folder.blobs)
  return info
}
