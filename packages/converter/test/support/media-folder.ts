import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CleanUpOwner, temporaryFolder } from '@jackalope/local-servers/testing'
import { type MediaName, recipes } from './media-recipes.ts'

/** Test files. Each is made when it is first needed. */
export interface MediaFolder {
  /** Absolute path of a file. */
  get(name: MediaName): Promise<string>
  /** Absolute path of a new file with that content. */
  write(name: string, content: string | Uint8Array): Promise<string>
  /** A path in this folder where nothing is yet. */
  newPath(): string
}

/** An empty folder of test files that is removed after the test. */
export async function openMediaFolder(owner: CleanUpOwner): Promise<MediaFolder> {
  const folder = await temporaryFolder(owner)
  const made = new Map<MediaName, Promise<string>>()
  let count = 0
  const media: MediaFolder = {
    get(name) {
      const file = made.get(name) ?? make(name)
      made.set(name, file)
      return file
    },
    async write(name, content) {
      const path = join(folder, `${++count}-${name}`)
      await writeFile(path, content)
      return path
    },
    newPath: () => join(folder, `new-${++count}`),
  }
  async function make(name: MediaName): Promise<string> {
    // No extension, as in the converter: ffmpeg must recognize the container by its content.
    const path = join(folder, name.replaceAll('.', '-'))
    await recipes[name](path, { get: other => media.get(other as MediaName) })
    return path
  }
  return media
}

/** A copy of the file without its end.
 *  @param share - share of the bytes that is kept, 0 to 1 */
export async function truncate(path: string, share: number): Promise<Uint8Array> {
  const bytes = await readFile(path)
  return bytes.subarray(0, Math.floor(bytes.length * share))
}

/** A copy of the file with zeros from 50 % to 70 % of its bytes. */
export async function overwriteMiddle(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path)
  return bytes.fill(0, Math.floor(bytes.length * 0.5), Math.floor(bytes.length * 0.7))
}
