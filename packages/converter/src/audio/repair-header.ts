import { constants, copyFile, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ensureFreeSpace } from '../work-folder/free-space.ts'
import { findAiffSound, isUnknownSize } from './structure/aiff.ts'
import { createByteReader } from './structure/byte-reader.ts'
import { findW64Data, isUnknownW64Size } from './structure/w64.ts'

/** Numbers that stand in a header in the wrong, and what they should be. */
type Repair = { at: number; bytes: Buffer }[]

/** Writes a copy of a recording whose header states no length, since its recorder wrote to a pipe: ffmpeg refuses such an AIFF or
 *  Wave64, which players play.
 *  @param path - absolute
 *  @param copy - absolute path; overwritten
 *  @returns whether there was something to repair
 *  @throws {ConverterError} `ERR_DISK_FULL` */
export async function repairHeader(path: string, copy: string, signal?: AbortSignal): Promise<boolean> {
  const file = await open(path)
  let repair: Repair | undefined
  try {
    const { size } = await stat(path)
    const reader = createByteReader(file, size, signal)
    const name = (await reader.at(0, 12)).toString('latin1')
    if (/^FORM.{4}AIF[FC]$/s.test(name)) repair = await repairAiff(reader)
    else if (name.startsWith('riff')) repair = await repairW64(reader)
  } finally {
    await file.close()
  }
  if (!repair) return false
  await ensureFreeSpace(dirname(copy), (await stat(path)).size)
  await copyFile(path, copy, constants.COPYFILE_FICLONE)
  const repaired = await open(copy, 'r+')
  try {
    for (const { at, bytes } of repair) await repaired.write(bytes, 0, bytes.length, at)
  } finally {
    await repaired.close()
  }
  return true
}

type Reader = ReturnType<typeof createByteReader>

async function repairAiff(reader: Reader): Promise<Repair | undefined> {
  const size = (await reader.at(0, 12)).readUInt32BE(4)
  const sound = isUnknownSize(size) ? await findAiffSound(reader, 0) : undefined
  if (!sound || sound.frames === 0) return undefined
  const { formatAt, soundAt, frames, bytesPerFrame } = sound
  const soundBytes = frames * bytesPerFrame + 8
  return [
    { at: 4, bytes: bigEndian(soundAt + 8 + soundBytes - 8) },
    { at: formatAt + 10, bytes: bigEndian(frames) },
    { at: soundAt + 4, bytes: bigEndian(soundBytes) },
  ]
}

async function repairW64(reader: Reader): Promise<Repair | undefined> {
  const data = await findW64Data(reader)
  if (!data || !isUnknownW64Size(data.statedBytes)) return undefined
  return [
    { at: 16, bytes: littleEndian(reader.sizeBytes) },
    { at: data.position + 16, bytes: littleEndian(reader.sizeBytes - data.position) },
  ]
}

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
