import { stat } from 'node:fs/promises'
import { ConverterError } from '../converter-error.ts'
import { type AudioLength, audioLength } from './audio-length.ts'
import { cutShort, noAudio, tooLong } from './classify-failure.ts'
import { type Probe, type ProbeOptions, probe } from './probe.ts'

/** What is known of a file whose audio can probably be extracted. */
export interface InspectedVideo {
  length: AudioLength
  /** Index of the first audio track. */
  trackIndex: number
}

/** Tolerance of the longest length, in seconds: encoders round up. */
export const limitSlackSeconds = 1

/** Refuses files whose conversion cannot succeed.
 *  @param path - absolute
 *  @throws {ConverterError} */
export async function inspectVideo(
  path: string,
  options: ProbeOptions & { maxAudioSeconds: number },
): Promise<InspectedVideo> {
  const sizeBytes = await sizeOfCopy(path)
  const probed = await probe(path, options)
  if (!probed.audio) throw noAudio()
  const length = audioLength(probed, sizeBytes)
  // A guessed length, or one of the container, is no reason to refuse: ffmpeg stops at the limit.
  if (
    length.source === 'track' &&
    length.seconds &&
    length.seconds > options.maxAudioSeconds + limitSlackSeconds
  )
    throw tooLong(options.maxAudioSeconds, length.seconds)
  if (isCutTransportStream(probed, sizeBytes)) throw cutShort()
  return { length, trackIndex: probed.audio.index }
}

/** Size of the local copy of a video, in bytes.
 *  @throws {ConverterError} `ERR_COPY_INCOMPLETE` if it is gone, `ERR_FILE_EMPTY` */
export async function sizeOfCopy(path: string): Promise<number> {
  const { size } = await stat(path).catch(cause => {
    throw new ConverterError('ERR_COPY_INCOMPLETE', `The copy of the video is gone: ${path}`, { cause })
  })
  if (size === 0) throw new ConverterError('ERR_FILE_EMPTY', 'The file is empty.')
  return size
}

/** Packet sizes of plain streams, streams with time codes, and streams with error correction. */
const packetSizes = [188, 192, 204]

/** A transport stream has no end marker: ffmpeg takes a truncated one for complete. */
function isCutTransportStream({ container }: Probe, sizeBytes: number): boolean {
  return container === 'mpegts' && packetSizes.every(size => sizeBytes % size !== 0)
}
