import { stat } from 'node:fs/promises'
import { ConverterError } from '../converter-error.ts'
import { type AudioLength, audioLength } from './audio-length.ts'
import { cutShort, noAudio, tooLong } from './classify-failure.ts'
import { type Probe, type ProbeOptions, probe } from './probe.ts'

/** What is known of a file that looks as if its audio could be extracted. */
export interface InspectedVideo {
  length: AudioLength
  /** Index of the first audio track. */
  trackIndex: number
}

/** A file at the limit may be a little longer: encoders round up. */
export const limitSlackSeconds = 1

/** Refuses what need not be tried.
 *  @param path - absolute.
 *  @throws {ConverterError} */
export async function inspectVideo(
  path: string,
  options: ProbeOptions & { maxAudioSeconds: number },
): Promise<InspectedVideo> {
  const sizeBytes = await sizeOfCopy(path)
  const probed = await probe(path, options)
  if (!probed.audio) throw noAudio()
  const length = audioLength(probed, sizeBytes)
  // Lengths that are guessed, or meant for something else, refuse nothing: ffmpeg stops at the limit.
  if (
    length.source === 'track' &&
    length.seconds &&
    length.seconds > options.maxAudioSeconds + limitSlackSeconds
  )
    throw tooLong(options.maxAudioSeconds, length.seconds)
  if (isCutTransportStream(probed, sizeBytes)) throw cutShort()
  return { length, trackIndex: probed.audio.index }
}

/** Size of our copy of a video, in bytes.
 *  @throws {ConverterError} `ERR_COPY_INCOMPLETE` if it is gone, `ERR_FILE_EMPTY` */
export async function sizeOfCopy(path: string): Promise<number> {
  const { size } = await stat(path).catch(cause => {
    throw new ConverterError('ERR_COPY_INCOMPLETE', `The copy of the video is gone: ${path}`, { cause })
  })
  if (size === 0) throw new ConverterError('ERR_FILE_EMPTY', 'The file is empty.')
  return size
}

/** Of plain streams, those with a time code, and those with error correction. */
const packetSizes = [188, 192, 204]

/** A transport stream has no end of its own: what is left of a truncated one looks whole to ffmpeg. */
function isCutTransportStream({ container }: Probe, sizeBytes: number): boolean {
  return container === 'mpegts' && packetSizes.every(size => sizeBytes % size !== 0)
}
