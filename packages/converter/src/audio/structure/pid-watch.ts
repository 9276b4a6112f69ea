import { adtsFormat } from './adts.ts'

/** Follows the packets of one track in a transport stream. */
export interface PidWatch {
  see(packet: Buffer): void
  /** Packets were lost so often. */
  readonly losses: number
  /** Whether the first packet continues something that is not there. */
  readonly beginsInside: boolean
  /** Whether all units begin with a frame of AAC of one format. */
  readonly isUniform: boolean
  /** Whether the last unit, such as a picture or some frames of sound, is not whole. */
  isOpen(): boolean
}

export function createPidWatch(): PidWatch {
  let counter: number | undefined
  let losses = 0
  let beginsInside = false
  /** Bytes of the unit that are still to come; `undefined` if it states no length. */
  let missingBytes: number | undefined = 0
  let isFilledUp = true
  const formats = new Set<number | undefined>()
  return {
    see(packet) {
      const control = packet[3] ?? 0
      const hasPayload = (control & 0x10) !== 0
      if (!hasPayload) return
      const hasAdaptation = (control & 0x20) !== 0
      const adaptationBytes = hasAdaptation ? 1 + (packet[4] ?? 0) : 0
      const begins = ((packet[1] ?? 0) & 0x40) !== 0
      const isDiscontinuous = hasAdaptation && (packet[4] ?? 0) > 0 && ((packet[5] ?? 0) & 0x80) !== 0
      const count = control & 0x0f
      if (counter === undefined) beginsInside = !begins
      else if (count === counter)
        return // A packet may be sent twice.
      else if (count !== ((counter + 1) & 0x0f) && !isDiscontinuous && !isSeam(begins, count)) losses++
      counter = count
      const payload = packet.subarray(4 + adaptationBytes)
      if (begins) {
        missingBytes = unitBytes(payload)
        if (formats.size < 2) formats.add(adtsFormat(payload.subarray(9 + (payload[8] ?? 0))))
      }
      if (missingBytes !== undefined) missingBytes = Math.max(0, missingBytes - payload.length)
      isFilledUp = hasAdaptation
    },
    get losses() {
      return losses
    },
    get beginsInside() {
      return beginsInside
    },
    get isUniform() {
      return formats.size === 1 && !formats.has(undefined)
    },
    isOpen: () => (missingBytes === undefined ? !isFilledUp : missingBytes > 0),
  }

  /** Where files were joined, the second one counts from 0 again. */
  function isSeam(begins: boolean, count: number): boolean {
    return begins && count === 0 && (missingBytes === undefined || missingBytes === 0)
  }
}

/** Length of a PES packet with its header; `undefined` if it states none, as those of pictures. */
function unitBytes(payload: Buffer): number | undefined {
  if (payload.length < 6 || payload.readUIntBE(0, 3) !== 1) return 0
  const length = payload.readUInt16BE(4)
  return length === 0 ? undefined : 6 + length
}
