import type { ByteReader } from './byte-reader.ts'
import { type Structure, wholeStructure } from './structure.ts'

/** Longer than two frames of any kind. */
const windowBytes = 8_192

/** After so much that is no MP3, nothing more is expected. */
const maxJunkBytes = 1024 * 1024

/** In so many bytes of junk at the end, what looks like a frame stands at most once. */
const junkOfFrame = 8_000

const tagStarts = ['ID3', 'TAG', 'APETAGEX', 'LYRICSBEGIN']

/** Walks over frames and tags. Joined MP3s have tags between their frames, and others zeros or tags at the end: ffmpeg
 *  takes the first bytes of such for a damaged frame. */
export async function inspectMp3(reader: ByteReader): Promise<Structure> {
  const { sizeBytes } = reader
  let position = 0
  let seams = 0
  let junkBytes = 0
  let isBroken = false
  let hasFrames = false
  let isCut = false
  while (position < sizeBytes && junkBytes < maxJunkBytes) {
    const bytes = await reader.at(position, windowBytes)
    const frame = frameBytes(bytes)
    // In junk a frame counts only when another one follows it.
    const isFrame =
      frame !== undefined && (junkBytes === 0 || frameBytes(bytes.subarray(frame)) !== undefined)
    if (isFrame) {
      if (junkBytes > 0 && hasFrames) isBroken = true
      junkBytes = 0
      hasFrames = true
      position += frame
      isCut = position > sizeBytes
      continue
    }
    const tag = tagBytes(bytes)
    const junk = tag > 0 ? 0 : junkLength(bytes)
    if (tag > 0 || junkBytes === 0) seams++
    junkBytes += junk
    position += tag + junk
  }
  // Less than a frame was ever understood: a kind of MP3 that this walk does not know.
  if (!hasFrames) return wholeStructure(sizeBytes)
  return {
    ...wholeStructure(sizeBytes),
    isBroken,
    isCut,
    excusedFrames: isBroken || junkBytes === 0 ? 0 : 1 + Math.floor(junkBytes / junkOfFrame),
    excusedErrors: isBroken ? 0 : junkBytes > 0 ? Number.POSITIVE_INFINITY : 2 * (seams + 1),
  }
}

// ISO/IEC 11172-3 and 13818-3, in kbit/s: layers I, II, III of MPEG-1, then I, and II and III of MPEG-2.
const bitrates = [
  [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
]
const sampleRates = [44_100, 48_000, 32_000]

/** Length of the frame that begins there; `undefined` if none does. */
function frameBytes(bytes: Buffer): number | undefined {
  if (bytes.length < 4 || bytes[0] !== 0xff || ((bytes[1] ?? 0) & 0xe0) !== 0xe0) return undefined
  const version = ((bytes[1] ?? 0) >> 3) & 3
  const layer = 4 - (((bytes[1] ?? 0) >> 1) & 3)
  const rate = sampleRates[((bytes[2] ?? 0) >> 2) & 3]
  if (version === 1 || layer === 4 || rate === undefined) return undefined
  const isFirst = version === 3
  const table = isFirst ? layer - 1 : layer === 1 ? 3 : 4
  const kilobits = bitrates[table]?.[((bytes[2] ?? 0) >> 4) - 1]
  if (kilobits === undefined) return undefined
  const sampleRate = isFirst ? rate : version === 2 ? rate / 2 : rate / 4
  const padding = ((bytes[2] ?? 0) >> 1) & 1
  if (layer === 1) return (Math.floor((12_000 * kilobits) / sampleRate) + padding) * 4
  const samples = layer === 3 && !isFirst ? 72_000 : 144_000
  return Math.floor((samples * kilobits) / sampleRate) + padding
}

/** Length of what is not understood: up to the next byte with which a frame or a tag may begin. */
function junkLength(bytes: Buffer): number {
  for (let at = 1; at + 4 <= bytes.length; at++) {
    const byte = bytes[at]
    const mayBeTag = byte === 0x49 || byte === 0x54 || byte === 0x41 || byte === 0x4c
    if (byte === 0xff && frameBytes(bytes.subarray(at, at + 4)) !== undefined) return at
    if (mayBeTag && tagStarts.some(start => bytes.toString('latin1', at, at + start.length) === start))
      return at
  }
  return Math.max(1, bytes.length - 3)
}

/** Length of what is known to be no sound; 0 if it is not known. */
function tagBytes(bytes: Buffer): number {
  const start = bytes.toString('latin1', 0, 11)
  if (start.startsWith('ID3') && bytes.length >= 10)
    return bytes.subarray(6, 10).reduce((size, byte) => size * 128 + (byte & 127), 0) + 10
  if (start.startsWith('TAG')) return 128
  if (start.startsWith('APETAGEX') && bytes.length >= 24) {
    const isHeader = (bytes.readUInt32LE(20) & 0x2000_0000) !== 0
    return 32 + (isHeader ? bytes.readUInt32LE(12) : 0)
  }
  if (start === 'LYRICSBEGIN') {
    const end = bytes.indexOf('LYRICS200')
    return end < 0 ? bytes.length : end + 9
  }
  let zeros = 0
  while (zeros < bytes.length && bytes[zeros] === 0) zeros++
  return zeros
}
