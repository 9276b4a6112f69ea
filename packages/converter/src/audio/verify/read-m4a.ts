import type { FileHandle } from 'node:fs/promises'
import { type AudioFile, AudioFileFault, readExactly } from './audio-file.ts'
import { type Box, boxesIn, findBox } from './mp4-boxes.ts'

/** Largest index that is read, in bytes: a week of AAC has 130 MB. */
const maxIndexBytes = 256 * 1024 ** 2

/** Reads the index of an MP4 file: the audio track, and how much of it a player plays (ISO/IEC 14496-12). */
export async function readM4a(file: FileHandle, sizeBytes: number): Promise<AudioFile> {
  let position = 0
  let index: Buffer | undefined
  while (position < sizeBytes) {
    const head = await readExactly(file, position, Math.min(16, sizeBytes - position))
    if (head.length < 8) throw new AudioFileFault('it ends in the middle of a box')
    const short = head.readUInt32BE(0)
    const boxBytes = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short
    const type = head.toString('latin1', 4, 8)
    if (boxBytes < 8) throw new AudioFileFault(`its box ${JSON.stringify(type)} has no size`)
    if (position === 0 && type !== 'ftyp') throw new AudioFileFault('it is no MP4 file')
    if (type === 'moov' && boxBytes <= maxIndexBytes)
      index = await readExactly(file, position + 8, boxBytes - 8)
    position += boxBytes
  }
  if (!index) throw new AudioFileFault('it has no index')
  return { ...describe(index), statedBytes: position }
}

function describe(index: Buffer): Omit<AudioFile, 'statedBytes'> {
  const [movieTicks] = timeScaleAndLength(findBox(index, 'mvhd'))
  const track = boxesIn(index)
    .filter(({ type }) => type === 'trak')
    .find(({ content }) => findBox(content, 'mdia', 'hdlr').toString('latin1', 8, 12) === 'soun')?.content
  if (!track) throw new AudioFileFault('it has no audio track')
  const [sampleRate, ticks] = timeScaleAndLength(findBox(track, 'mdia', 'mdhd'))
  const [entry] = boxesIn(findBox(track, 'mdia', 'minf', 'stbl', 'stsd').subarray(8))
  const played = playedTicks(boxesIn(track).find(({ type }) => type === 'edts'))
  return {
    codec: entry?.type === 'mp4a' ? 'aac' : String(entry?.type),
    sampleRate,
    // The number in this place is always 2 (ISO/IEC 14496-14, 5.6).
    channels: undefined,
    durationSeconds: played === undefined ? ticks / sampleRate : played / movieTicks,
  }
}

function timeScaleAndLength(header: Buffer): [timeScale: number, length: number] {
  return header[0] === 1
    ? [header.readUInt32BE(20), Number(header.readBigUInt64BE(24))]
    : [header.readUInt32BE(12), header.readUInt32BE(16)]
}

/** Length of the edits that play something, in ticks of the movie; the first leaves out what the encoder has added. */
function playedTicks(edits: Box | undefined): number | undefined {
  if (!edits) return undefined
  const list = findBox(edits.content, 'elst')
  const isLong = list[0] === 1
  const entryBytes = isLong ? 20 : 12
  let sum = 0
  for (let at = 8; at + entryBytes <= list.length; at += entryBytes) {
    const length = isLong ? Number(list.readBigUInt64BE(at)) : list.readUInt32BE(at)
    const from = isLong ? list.readBigInt64BE(at + 8) : BigInt(list.readInt32BE(at + 4))
    if (from >= 0n) sum += length
  }
  return sum
}
