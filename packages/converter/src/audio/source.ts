import type { AudioTrack, ConversionWarning } from '@jackalope/contracts'
import type { AudioLength } from './audio-length.ts'

/** What is known of a file whose audio can probably be extracted. */
export interface Source {
  /** Absolute path of what is read: the file itself, or what was made of its parts. */
  path: string
  /** All audio tracks, in the order of the file. */
  tracks: AudioTrack[]
  /** The track that is converted. */
  chosen: ChosenTrack
  length: AudioLength
  /** Tags of the file, such as its title, by ffmpeg's names. */
  tags: Readonly<Record<string, string>>
  cover: Cover | undefined
  /** What the owner is to be told, so far. */
  warnings: ConversionWarning[]
  /** ffmpeg's names of the container, such as "matroska,webm". */
  container: string
  /** Whether the file is known to end too early, or to begin in the middle. */
  isCut: boolean
  /** Whether parts are known to be missing inside. */
  isBroken: boolean
  /** Whether the format of the sound stays the same to the end: else its packets cannot be copied. */
  isUniform: boolean
  /** So many messages about packets have another reason than damage. */
  excusedErrors: number
  /** So many frames of an MP3 that cannot be decoded are none. */
  excusedFrames?: number
}

/** Properties of a track that the output depends on. */
export interface ChosenTrack {
  /** Index among all streams of the file, for ffmpeg. */
  index: number
  /** Number among the audio tracks, from 1. */
  number: number
  /** ffmpeg's name of the codec. */
  codec: string
  profile: string | undefined
  language: string | undefined
  sampleRate: number
  channels: number
  /** ffmpeg's name of what its channels are, such as `5.1(side)`; `undefined` or "unknown" where the file does not say. */
  layout: string | undefined
  /** Bits of a sample of a lossless codec; 0 for the others. */
  bitsPerSample: number
}

/** An attached picture. */
export interface Cover {
  /** Index among all streams of the file, for ffmpeg. */
  index: number
}
