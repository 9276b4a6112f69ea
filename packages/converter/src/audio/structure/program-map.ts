/** Notes where a transport stream changes its audio tracks: their packet ids or codecs. */
export interface ProgramWatch {
  see(pid: number, packet: Buffer, position: number): void
  /** Positions at which other tracks begin. */
  changes(): number[]
}

/** Types of streams that are pictures. */
const pictureTypes = [0x01, 0x02, 0x10, 0x1b, 0x20, 0x24, 0x33, 0x42, 0xea]

const maxChanges = 1_000

/** A television channel has a few programs; of more, the tracks are not remembered. */
const maxPrograms = 1_000

export function createProgramWatch(): ProgramWatch {
  const mapPids = new Set<number>()
  const programs = new Map<string, string>()
  const changes: number[] = []
  let tablePosition = 0
  return {
    see(pid, packet, position) {
      if (pid === 0) {
        tablePosition = position
        for (const mapPid of readMapPids(sectionOf(packet, 0))) mapPids.add(mapPid)
        return
      }
      if (!mapPids.has(pid)) return
      const section = sectionOf(packet, 2)
      if (!section) return
      const key = `${pid}:${section.readUInt16BE(3)}`
      const tracks = readTracks(section)
      const before = programs.get(key)
      if (before === undefined && programs.size >= maxPrograms) return
      programs.set(key, tracks)
      if (before === undefined || before === tracks || tracks === '' || changes.length >= maxChanges) return
      // The table that leads to the map stands before it, and belongs to the new tracks.
      if (tablePosition > (changes.at(-1) ?? 0)) changes.push(tablePosition)
    },
    changes: () => changes,
  }
}

/** A table that begins and ends in this packet. */
function sectionOf(packet: Buffer, tableId: number): Buffer | undefined {
  const control = packet[3] ?? 0
  const begins = ((packet[1] ?? 0) & 0x40) !== 0
  if (!begins || (control & 0x10) === 0) return undefined
  const payload = packet.subarray(4 + ((control & 0x20) !== 0 ? 1 + (packet[4] ?? 0) : 0))
  const section = payload.subarray(1 + (payload[0] ?? 0))
  if (section.length < 12 || section[0] !== tableId) return undefined
  const end = 3 + (section.readUInt16BE(1) & 0x0fff)
  const isWhole = end <= section.length && end >= 12 && checksum(section.subarray(0, end)) === 0
  return isWhole ? section.subarray(0, end) : undefined
}

/** CRC-32 of MPEG, without a table: the sections are short and rare. 0 for a section with its own checksum. */
function checksum(bytes: Buffer): number {
  let crc = 0xffff_ffff
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000_0000 ? (crc << 1) ^ 0x04c1_1db7 : crc << 1
  }
  return crc >>> 0
}

function readMapPids(section: Buffer | undefined): number[] {
  const pids: number[] = []
  for (let at = 8; section && at + 8 <= section.length; at += 4)
    if (section.readUInt16BE(at) !== 0) pids.push(section.readUInt16BE(at + 2) & 0x1fff)
  return pids
}

/** Ids and types of all tracks but pictures, as one text. */
function readTracks(section: Buffer): string {
  const tracks: string[] = []
  let at = 12 + (section.readUInt16BE(10) & 0x0fff)
  while (at + 9 <= section.length) {
    const type = section[at] ?? 0
    const infoBytes = section.readUInt16BE(at + 3) & 0x0fff
    const info = section.toString('hex', at + 5, at + 5 + infoBytes)
    if (!pictureTypes.includes(type)) tracks.push(`${section.readUInt16BE(at + 1) & 0x1fff}:${type}:${info}`)
    at += 5 + infoBytes
  }
  return tracks.sort().join()
}
