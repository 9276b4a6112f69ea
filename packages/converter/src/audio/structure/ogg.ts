import type { ByteReader } from './byte-reader.ts'
import { type Structure, splitAt } from './structure.ts'

// RFC 3533.
const headerBytes = 27
const beginsStream = 2
const endsStream = 4
const maxParts = 10_000

/** Tracks at a time; a recording has a few. */
const maxTracks = 1_000

/** Walks over the pages: ffmpeg says nothing of lost pages, nor of an end that is missing. */
export async function inspectOgg(reader: ByteReader): Promise<Structure> {
  const { sizeBytes } = reader
  const starts: number[] = []
  let open = new Map<number, number>()
  let areHeadersOver = false
  let isBroken = false
  let isCut = false
  let position = 0
  while (position < sizeBytes) {
    const head = await reader.at(position, headerBytes + 255)
    if (head.toString('latin1', 0, 4) !== 'OggS') {
      // Something else: the rest is searched by ffmpeg, which tells when it finds a page after it.
      isCut = isCut || open.size > 0
      break
    }
    const segments = head[26] ?? 0
    if (head.length < headerBytes + segments) {
      isCut = true
      break
    }
    const flags = head[5] ?? 0
    const serial = head.readUInt32LE(14)
    const sequence = head.readUInt32LE(18)
    if (flags & beginsStream) {
      if (areHeadersOver && starts.length < maxParts) {
        starts.push(position)
        open = new Map()
      }
      areHeadersOver = false
    } else {
      areHeadersOver = true
      const expected = open.get(serial)
      if (expected !== undefined && sequence !== expected) isBroken = true
    }
    if (flags & endsStream) open.delete(serial)
    else if (open.size < maxTracks || open.has(serial)) open.set(serial, sequence + 1)
    else isBroken = true
    let bodyBytes = 0
    for (let i = 0; i < segments; i++) bodyBytes += head[headerBytes + i] ?? 0
    position += headerBytes + segments + bodyBytes
  }
  return {
    parts: splitAt(starts, sizeBytes),
    isCut: isCut || position > sizeBytes || open.size > 0,
    isBroken,
  }
}
