import type { FileHandle } from 'node:fs/promises'
import { type AudioFile, AudioFileFault, readAt, readExactly } from './audio-file.ts'

/** Longest page, in bytes (RFC 3533, section 6). */
const maxPageBytes = 65_307

/** Opus counts at this rate, whatever the rate of the source (RFC 7845). */
const sampleRate = 48_000

const lastPage = 4

/** Reads an Ogg file with Opus: its header, and the time at the end of its last page. */
export async function readOpus(file: FileHandle, sizeBytes: number): Promise<AudioFile> {
  const head = await readExactly(file, 0, 28 + 19)
  if (head.toString('latin1', 0, 4) !== 'OggS' || head.toString('latin1', 28, 36) !== 'OpusHead')
    throw new AudioFileFault('it is no Ogg file with Opus')
  const channels = head[37] ?? 0
  const skipped = head.readUInt16LE(38)
  const tail = await readAt(file, Math.max(0, sizeBytes - maxPageBytes), maxPageBytes)
  const page = findLastPage(tail)
  if (!page) throw new AudioFileFault('it does not end with a last page of Ogg')
  const samples = Math.max(0, Number(page.readBigInt64LE(6)) - skipped)
  return {
    codec: 'opus',
    sampleRate,
    channels,
    durationSeconds: samples / sampleRate,
    statedBytes: undefined,
  }
}

/** The page that ends exactly where the file does, and says that it is the last. */
function findLastPage(tail: Buffer): Buffer | undefined {
  for (let at = tail.lastIndexOf('OggS'); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf('OggS', at - 1)) {
    const page = tail.subarray(at)
    const segments = page[26] ?? 0
    if (page.length < 27 + segments) continue
    const content = page.subarray(27, 27 + segments).reduce((sum, size) => sum + size, 0)
    if (page.length === 27 + segments + content && ((page[5] ?? 0) & lastPage) !== 0) return page
  }
  return undefined
}
