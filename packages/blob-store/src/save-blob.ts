import { open, rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'

export interface SaveOptions {
  /** Aborting ends the call with the signal's reason. */
  signal?: AbortSignal
  /** Called before anything is copied; not when nothing is. */
  beforeCopy?: () => Promise<void>
}

/** Writes a stream into a new file. After a failure the file is gone.
 *  @param path - absolute; nothing may be there yet
 *  @throws the error of the source; an error of the file system */
export async function saveStream(
  source: Readable,
  path: string,
  { signal, beforeCopy }: SaveOptions = {},
): Promise<void> {
  const stop = () => source.destroy(signal?.reason)
  signal?.addEventListener('abort', stop, { once: true })
  try {
    signal?.throwIfAborted()
    await beforeCopy?.()
    const file = await open(path, 'wx', 0o600)
    try {
      for await (const piece of source) await file.writeFile(piece)
      signal?.throwIfAborted()
    } catch (error) {
      await rm(path, { force: true })
      throw error
    } finally {
      await file.close()
    }
  } finally {
    signal?.removeEventListener('abort', stop)
    source.destroy()
  }
}
