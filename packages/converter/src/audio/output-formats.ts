import type { FileHandle } from 'node:fs/promises'
import { type AudioFormat, audioMediaTypes } from '@jackalope/contracts'
import type { AudioFile } from './verify/audio-file.ts'
import { readFlac } from './verify/read-flac.ts'
import { readM4a } from './verify/read-m4a.ts'
import { readMp3 } from './verify/read-mp3.ts'
import { readOpus } from './verify/read-opus.ts'
import { readWav } from './verify/read-wav.ts'

/** What there is to know of a format that we write. */
export interface OutputFormat {
  /** As users know it. */
  name: string
  extension: string
  contentType: string
  /** ffmpeg's name of the container. */
  muxer: string
  /** Whether a cover fits into the container, as ffmpeg writes it. */
  takesCover: boolean
  /** Reads what the file says of itself.
   *  @throws {AudioFileFault} if it is no such file */
  read(file: FileHandle, sizeBytes: number): Promise<AudioFile>
}

export const outputFormats: Readonly<Record<AudioFormat, OutputFormat>> = {
  mp3: {
    name: 'MP3',
    extension: 'mp3',
    contentType: audioMediaTypes.mp3,
    muxer: 'mp3',
    takesCover: true,
    read: readMp3,
  },
  m4a: {
    name: 'M4A',
    extension: 'm4a',
    contentType: audioMediaTypes.m4a,
    muxer: 'ipod',
    takesCover: true,
    read: readM4a,
  },
  opus: {
    name: 'Opus',
    extension: 'opus',
    contentType: audioMediaTypes.opus,
    muxer: 'opus',
    takesCover: false,
    read: readOpus,
  },
  flac: {
    name: 'FLAC',
    extension: 'flac',
    contentType: audioMediaTypes.flac,
    muxer: 'flac',
    takesCover: true,
    read: readFlac,
  },
  wav: {
    name: 'WAV',
    extension: 'wav',
    contentType: audioMediaTypes.wav,
    muxer: 'wav',
    takesCover: false,
    read: readWav,
  },
}
