import { totalmem } from 'node:os'

const mebibyte = 1024 ** 2

/** What the converter itself needs. */
const ownBytes = 256 * mebibyte

/** A tool gets no less: video of 8K took 180 MiB. */
const leastBytes = 192 * mebibyte
const mostBytes = 384 * mebibyte

/** Memory that this process and its tools may use, in bytes: the limit of its control group (version 1 or 2), such as a
 *  container's, or what the machine has. */
export function memoryLimitBytes(): number {
  return Math.min(process.constrainedMemory() || totalmem(), totalmem())
}

/** How many conversions fit into the memory; at least one, and no more than there are cores. */
export function conversionsWithin(limitBytes: number, cores: number): number {
  return Math.max(1, Math.min(cores, Math.floor((limitBytes - ownBytes) / leastBytes)))
}

/** Memory that each of so many conversions may allocate, in bytes.
 *  @returns 192 to 384 MiB */
export function memoryForEach(limitBytes: number, conversions: number): number {
  const share = (limitBytes - ownBytes) / conversions
  return Math.floor(Math.min(mostBytes, Math.max(leastBytes, share)))
}

/** Whether so many conversions may use more memory than there is: then the kernel ends one, or the converter. */
export function isMemoryShort(limitBytes: number, conversions: number): boolean {
  return ownBytes + conversions * memoryForEach(limitBytes, conversions) > limitBytes
}
