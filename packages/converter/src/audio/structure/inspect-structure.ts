import { open } from 'node:fs/promises'
import { inspectAdts } from './adts.ts'
import { inspectAiff } from './aiff.ts'
import { inspectAsf } from './asf.ts'
import { inspectAu } from './au.ts'
import { inspectTta, inspectVoc, inspectWavpack, inspectWtv } from './by-magic.ts'
import { type ByteReader, createByteReader } from './byte-reader.ts'
import { inspectCaf } from './caf.ts'
import { inspectDolby, inspectLossless } from './dolby.ts'
import { inspectDts } from './dts.ts'
import { inspectDv } from './dv.ts'
import { inspectFlac } from './flac.ts'
import { inspectFlv } from './flv.ts'
import { inspectMatroska } from './matroska.ts'
import { inspectMp3 } from './mp3.ts'
import { inspectMp4 } from './mp4.ts'
import { inspectNut } from './nut.ts'
import { inspectOgg } from './ogg.ts'
import { inspectProgramStream } from './program-stream.ts'
import { type Structure, wholeStructure } from './structure.ts'
import { inspectTransportStream } from './transport-stream.ts'
import { inspectW64 } from './w64.ts'
import { inspectWav } from './wav.ts'

export type { ByteRange, Structure } from './structure.ts'

/** By ffmpeg's names of containers. */
const inspectors: Record<string, (reader: ByteReader, pids: readonly number[]) => Promise<Structure>> = {
  mov: inspectMp4,
  'matroska,webm': inspectMatroska,
  wav: inspectWav,
  w64: inspectW64,
  aac: inspectAdts,
  aiff: inspectAiff,
  au: inspectAu,
  flac: inspectFlac,
  flv: inspectFlv,
  asf: inspectAsf,
  ogg: inspectOgg,
  mpeg: inspectProgramStream,
  mpegts: inspectTransportStream,
  mp3: inspectMp3,
  ac3: inspectDolby,
  eac3: inspectDolby,
  truehd: inspectLossless,
  mlp: inspectLossless,
  dts: inspectDts,
  dv: inspectDv,
  caf: inspectCaf,
  nut: inspectNut,
  tta: inspectTta,
  wv: inspectWavpack,
  voc: inspectVoc,
  wtv: inspectWtv,
}

/** Looks at the bytes of a file for what ffmpeg does not tell: several recordings in it, an end that is missing, holes.
 *  @param container - ffmpeg's names of it; of one that is not known here, nothing is found
 *  @param pids - ids of the tracks, that of the wanted one first, in a transport stream */
export async function inspectStructure(
  path: string,
  container: string,
  pids: readonly number[],
  signal?: AbortSignal,
): Promise<Structure> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const inspect = inspectors[container.startsWith('mov,') ? 'mov' : container]
    return inspect ? await inspect(createByteReader(file, size, signal), pids) : wholeStructure(size)
  } finally {
    await file.close()
  }
}
