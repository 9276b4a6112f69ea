import { type FileHandle, open, rm } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import { CliError } from '../cli-error.ts'

export interface SaveOptions {
  /** Path of the video. The audio gets its name, and its folder if that is writable. */
  video: string
  /** @default mp3 */
  extension?: string | undefined
  /** Folder to use when the video's folder is not writable. */
  fallbackDir: string
}

/** Writes a stream beside the video as `NAME.mp3`, or `NAME-1.mp3` and so on if that exists; gives the path. The file is
 *  removed when the stream fails. */
export async function saveAudio(
  audio: AsyncIterable<Uint8Array>,
  { video, extension = 'mp3', fallbackDir }: SaveOptions,
): Promise<string> {
  const { path, handle } = await createIn([dirname(video), fallbackDir], parse(video).name, extension)
  try {
    await handle.writeFile(audio)
    return path
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}

interface NewFile {
  path: string
  handle: FileHandle
}

const notWritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT'])

async function createIn([dir, ...others]: string[], name: string, extension: string): Promise<NewFile> {
  if (dir === undefined)
    throw new CliError('no folder to write the audio to: neither beside the video nor here')
  try {
    return await createNumbered(dir, name, extension)
  } catch (error) {
    if (!notWritable.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    return await createIn(others, name, extension)
  }
}

async function createNumbered(dir: string, name: string, extension: string): Promise<NewFile> {
  for (let number = 0; ; number += 1) {
    const path = join(dir, `${name}${number === 0 ? '' : `-${number}`}.${extension}`)
    try {
      return { path, handle: await open(path, 'wx') }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
