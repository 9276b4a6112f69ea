import { open } from 'node:fs/promises'
import type { ByteReader } from './byte-reader.ts'
import { findMagic } from './find-magic.ts'
import { type Structure, splitAt, wholeStructure } from './structure.ts'

const maxParts = 1_000

/** Where recordings begin in a file of several, by the bytes with which each begins. */
export async function splitByMagic(
  reader: ByteReader,
  magic: Buffer,
  isRight: (bytes: Buffer) => boolean = () => true,
): Promise<Structure> {
  const places = await findMagic(reader, magic, 1, isRight, maxParts)
  return { ...wholeStructure(reader.sizeBytes), parts: splitAt(places, reader.sizeBytes) }
}

// The True Audio format; a simple file of version 1.
const trueAudio = Buffer.from('TTA1\x01\0', 'latin1')

export function inspectTta(reader: ByteReader): Promise<Structure> {
  return splitByMagic(reader, trueAudio)
}

const wavpack = Buffer.from('wvpk')
const firstOfItsTime = 0x800

/** WavPack: a recording begins with the block of the first sample; of several for one time, with the first one. */
export function inspectWavpack(reader: ByteReader): Promise<Structure> {
  return splitByMagic(
    reader,
    wavpack,
    block =>
      block.length >= 28 &&
      block.readUInt32LE(16) === 0 &&
      block[10] === 0 &&
      block.readUInt32LE(20) > 0 &&
      (block.readUInt32LE(24) & firstOfItsTime) !== 0,
  )
}

const voice = Buffer.from('Creative Voice File\x1a', 'latin1')

export function inspectVoc(reader: ByteReader): Promise<Structure> {
  return splitByMagic(reader, voice)
}

// Of a recording of Windows' television.
const television = Buffer.from('b7d800203749da11a64e0007e95ead8d', 'hex')

/** Whether a file is one. ffmpeg reads it by the index at its end, and knows none without it. */
export async function isTelevision(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(television.length), 0, television.length, 0)
    return buffer.equals(television)
  } finally {
    await file.close()
  }
}

export function inspectWtv(reader: ByteReader): Promise<Structure> {
  return splitByMagic(reader, television)
}
