import type { ByteReader } from './byte-reader.ts'
import { createPidWatch, type PidWatch } from './pid-watch.ts'
import { createProgramWatch } from './program-map.ts'
import { type Structure, splitAt } from './structure.ts'

const syncByte = 0x47
const packetBytes = 188

/** Distances between packets: plain, with time codes before them (BDAV), with error correction after them. */
const strides = [188, 192, 204]

/** Packets in a row that show where packets begin. */
const proofs = 5

/** ISO/IEC 13818-1, transport streams. Walks over all packets: ffmpeg says nothing of lost ones, nor of the end of a
 *  file that was cut off, and reads one track when a recording changes its tracks.
 *  @param pids - of the tracks; the first one is the audio track that will be taken */
export async function inspectTransportStream(
  reader: ByteReader,
  pids: readonly number[],
): Promise<Structure> {
  const { sizeBytes } = reader
  const watches = new Map(pids.map(pid => [pid, createPidWatch()]))
  const programs = createProgramWatch()
  const [audio] = pids
  const audioWatch = audio === undefined ? undefined : watches.get(audio)
  let sync: Sync | undefined
  let losses = 0
  let next = 0
  let rest = 0
  for await (const { position, bytes } of reader.pieces(0, proofs * 204)) {
    let at = Math.max(0, next - position)
    while (at + packetBytes <= bytes.length) {
      if (!sync || bytes[at] !== syncByte) {
        const isEnd = position + bytes.length >= sizeBytes
        const found = findSync(bytes, at, isEnd)
        if (!found) {
          at = isEnd ? bytes.length : Math.max(at, bytes.length - proofs * 204 + 1)
          if (!isEnd) sync = undefined
          break
        }
        if (sync) losses++
        sync = found
        at = found.at
      }
      const packet = bytes.subarray(at, at + packetBytes)
      const pid = packet.readUInt16BE(1) & 0x1fff
      watches.get(pid)?.see(packet)
      programs.see(pid, packet, position + at)
      at += sync.stride
    }
    next = position + at
    // A packet that is not whole; what else is left is no part of the stream.
    rest = sizeBytes - next
    if (rest > 0 && rest < packetBytes && bytes[at] !== syncByte) rest = 0
  }
  const isAudioCut = audioWatch !== undefined && (audioWatch.beginsInside || audioWatch.isOpen())
  return {
    parts: splitAt(programs.changes(), sizeBytes),
    isCut: isAudioCut || (rest > 0 && rest < packetBytes) || hasOpenPicture(watches, audio),
    isUniform: audioWatch?.isUniform ?? false,
    isBroken: losses > 0 || (audioWatch?.losses ?? 0) > 0,
  }
}

interface Sync {
  at: number
  stride: number
}

function findSync(bytes: Buffer, from: number, isEnd: boolean): Sync | undefined {
  for (let at = bytes.indexOf(syncByte, from); at >= 0; at = bytes.indexOf(syncByte, at + 1))
    for (const stride of strides) {
      let proven = 1
      while (proven < proofs && bytes[at + proven * stride] === syncByte) proven++
      const isAtEnd = isEnd && at + proven * stride >= bytes.length && proven > 1
      if (proven === proofs || isAtEnd) return { at, stride }
    }
  return undefined
}

/** Whether the last picture is not whole: a muxer fills up the last packet of each. */
function hasOpenPicture(watches: Map<number, PidWatch>, audio: number | undefined): boolean {
  return [...watches].some(([pid, watch]) => pid !== audio && watch.isOpen())
}
