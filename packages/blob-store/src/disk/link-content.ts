import { createHash } from 'node:crypto'
import { chmod, constants, link, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ObjectId } from 'mongodb'
import { metadataOf } from '../blob.ts'
import type { BlobInfo, NewBlob } from '../blob-store.ts'
import { contentFile, infoFile, toInfoText } from './disk-blob.ts'
import { type DiskFolder, fileMode, folderMode, hasCode, syncFolder, writeDurable } from './disk-folder.ts'

/** A hard link cannot be made: the places are on different disks, or the system or the file's owner does not allow it. */
const notLinkable = ['EXDEV', 'EPERM', 'EACCES', 'EMLINK', 'ENOTSUP', 'ENOSYS']

/** Makes a blob's content appear at a path, without copying it.
 *  @returns `false` if that cannot be done; nothing is at the path then
 *  @throws `ENOENT` if the blob, or its content, is gone */
export async function linkOut({ blobs }: DiskFolder, id: string, path: string): Promise<boolean> {
  return await tryToLink(join(blobs, id, contentFile), path)
}

/** Makes a blob of a finished file, without copying it.
 *  @returns `undefined` if that cannot be done */
export async function linkIn(folder: DiskFolder, file: string, blob: NewBlob): Promise<BlobInfo | undefined> {
  const id = new ObjectId().toHexString()
  const path = join(folder.unfinished, id)
  const content = join(path, contentFile)
  await mkdir(path, { mode: folderMode })
  try {
    if (!(await tryToLink(file, content))) return undefined
    // As open(2) would have made it: others of the group may link and remove it.
    await chmod(content, fileMode & ~process.umask())
    const { fileName, contentType } = blob
    const { sizeBytes, sha256 } = await syncAndHash(content)
    const metadata = metadataOf(blob, id)
    const info: BlobInfo = { id, fileName, contentType, sizeBytes, storedAt: new Date(), metadata, sha256 }
    await writeDurable(join(path, infoFile), toInfoText(info))
    await syncFolder(path)
    await rename(path, join(folder.blobs, id))
    await syncFolder(folder.blobs)
    return info
  } finally {
    // Gone already if the blob is visible.
    await rm(path, { recursive: true, force: true })
  }
}

async function tryToLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (!hasCode(error, ...notLinkable)) throw error
    return false
  }
}

async function syncAndHash(path: string): Promise<{ sizeBytes: number; sha256: string }> {
  const file = await open(path, constants.O_RDONLY)
  try {
    const hash = createHash('sha256')
    // The disk works while the bytes are hashed.
    const [{ size }] = await Promise.all([
      stat(path),
      file.sync(),
      (async () => {
        const piece = Buffer.allocUnsafe(1024 * 1024)
        for (let position = 0; ; ) {
          const { bytesRead } = await file.read(piece, 0, piece.length, position)
          if (bytesRead === 0) return
          hash.update(piece.subarray(0, bytesRead))
          position += bytesRead
        }
      })(),
    ])
    return { sizeBytes: size, sha256: hash.digest('hex') }
  } finally {
    await file.close()
  }
}
