import type { ByteReader } from './byte-reader.ts'
import { type Structure, splitAt } from './structure.ts'

const maxChunks = 10_000

/** RIFF: the size of the data that the header states, and another recording after it. Recorders that write to a pipe
 *  state 0 or the largest number: the file is as long as it is. */
export async function inspectWav(reader: ByteReader): Promise<Structure> {
  const { sizeBytes } = reader
  const starts: number[] = []
  let stated: { missing: boolean; seconds: number | undefined } = { missing: false, seconds: undefined }
  for (let start = 0; start < sizeBytes && starts.length < maxChunks; ) {
    const riff = await inspectRiff(reader, start)
    if (!riff) break
    if (start > 0) starts.push(start)
    stated = { missing: riff.dataEnd > sizeBytes + 1, seconds: riff.seconds }
    start = riff.end
  }
  const isAlone = starts.length === 0
  return {
    parts: splitAt(starts, sizeBytes),
    isCut: stated.missing,
    isBroken: false,
    ...(isAlone && stated.missing && stated.seconds !== undefined ? { statedSeconds: stated.seconds } : {}),
  }
}

interface Riff {
  /** Where the recording ends; the end of the file if it does not say. */
  end: number
  dataEnd: number
  seconds: number | undefined
}

async function inspectRiff(reader: ByteReader, start: number): Promise<Riff | undefined> {
  const head = await reader.at(start, 12)
  if (!/^(RIFF|RF64|BW64)$/.test(head.toString('latin1', 0, 4)) || head.toString('latin1', 8, 12) !== 'WAVE')
    return undefined
  let bytesPerSecond = 0
  let longDataBytes: number | undefined
  let position = start + 12
  for (let count = 0; count < maxChunks; count++) {
    const chunk = Buffer.from(await reader.at(position, 40))
    if (chunk.length < 8) break
    const type = chunk.toString('latin1', 0, 4)
    const size = chunk.readUInt32LE(4)
    if (type === 'fmt ' && chunk.length >= 20) bytesPerSecond = chunk.readUInt32LE(16)
    if (type === 'ds64' && chunk.length >= 24) longDataBytes = Number(chunk.readBigUInt64LE(16))
    if (type === 'data') {
      const dataBytes = size === 0xffff_ffff && longDataBytes ? longDataBytes : size
      if (isUnknownSize(dataBytes))
        return { end: reader.sizeBytes, dataEnd: reader.sizeBytes, seconds: undefined }
      const dataEnd = position + 8 + dataBytes
      const end = await endOfRiff(reader, dataEnd + (dataBytes % 2))
      return { end, dataEnd, seconds: bytesPerSecond > 0 ? dataBytes / bytesPerSecond : undefined }
    }
    position += 8 + size + (size % 2)
  }
  return undefined
}

/** Where the chunks after the sound end. */
async function endOfRiff(reader: ByteReader, from: number): Promise<number> {
  let position = from
  for (let count = 0; count < maxChunks && position < reader.sizeBytes; count++) {
    const chunk = await reader.at(position, 8)
    if (chunk.length < 8 || !/^[ -~]{4}$/.test(chunk.toString('latin1', 0, 4))) return reader.sizeBytes
    if (/^(RIFF|RF64|BW64)$/.test(chunk.toString('latin1', 0, 4))) return position
    const size = chunk.readUInt32LE(4)
    position += 8 + size + (size % 2)
  }
  return Math.min(position, reader.sizeBytes)
}

/** 0, the largest numbers of 31 and 32 bits, or a little less for the headers. SoX, mpv and espeak write 7ffff000, or the
 *  next smaller number that is a whole number of samples. */
function isUnknownSize(dataBytes: number): boolean {
  return dataBytes === 0 || [2 ** 31, 2 ** 32].some(most => dataBytes <= most && dataBytes >= most - 0x1100)
}
