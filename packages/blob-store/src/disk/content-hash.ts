import { createReadStream } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunningHash, resumeHash, startHash } from '../running-hash.ts'
import { contentFile } from './disk-blob.ts'
import { fileMode, ifPresent } from './disk-folder.ts'

/** The state of the SHA-256 of a resumable blob's first bytes. It is no more than a saving: what it does not hold is read
 *  from the content. */
export const hashFile = 'hash.json'

/** The SHA-256 of the first bytes of an unfinished blob.
 *  @param endBytes - how many */
export async function hashContent(path: string, endBytes: number): Promise<RunningHash> {
  const saved = await readSaved(path)
  const known =
    saved && saved.bytes <= endBytes ? await resumeHash(Buffer.from(saved.state, 'base64')) : undefined
  // A state of more bytes than there are would be taken for that of the bytes that come in their place.
  if (!known) await rm(join(path, hashFile), { force: true })
  const hash = known ?? (await startHash())
  const start = known && saved ? saved.bytes : 0
  if (start < endBytes)
    for await (const piece of createReadStream(join(path, contentFile), { start, end: endBytes - 1 }))
      hash.update(piece)
  return hash
}

/** Keeps the state after so many bytes. */
export async function saveHash(path: string, bytes: number, hash: RunningHash): Promise<void> {
  const temporary = join(path, `${hashFile}-${process.pid}`)
  await writeFile(temporary, JSON.stringify({ bytes, state: Buffer.from(hash.save()).toString('base64') }), {
    mode: fileMode,
  })
  await rename(temporary, join(path, hashFile))
}

async function readSaved(path: string): Promise<{ bytes: number; state: string } | undefined> {
  const text = await ifPresent(readFile(join(path, hashFile), 'utf8'))
  try {
    // A crash of the machine may leave a file without its content.
    return text ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}
