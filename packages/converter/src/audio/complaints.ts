import type { FfmpegExit } from '../tools/ffmpeg.ts'

/** Messages that good files cause too. Those about pictures are irrelevant: ffmpeg reads some to open the file. */
const harmless = [
  /Guessed Channel Layout/,
  /Estimating duration from bitrate/,
  /Trying to remove \d+ samples/,
  /Last message repeated/,
  /Warning, extension is not \.m4a|encoding as 24 bits-per-sample/,
  // Of an option for pictures where there are none, and of a picture that is only copied.
  /has not been used for any stream|timescale not set/,
  /Could not find codec parameters|Consider increasing the value for the 'analyzeduration'/,
  /Changing audio frame properties on the fly/,
  /Queue input is backward in time|non monotonically increasing dts/,
  /Output file is empty, nothing was encoded/,
  // A picture, not sound.
  /^\[(h264|hevc|mpeg[124]video|mpeg4|msmpeg4|h263|vp8|vp9|av1|libdav1d|vc1|wmv\d|mjpeg|png|theora) @/,
]

/** A packet that could not be decoded: ffmpeg 5 and ffmpeg 7. */
const decodingError = /Error while decoding stream|Error submitting packet to decoder|Decoding error:/

const lostFrame = /Error while decoding MPEG audio frame/

/** A track that was not there at the start: ffmpeg 5 and ffmpeg 7. */
const newAudioTrack = /New audio stream (\d+:\d+|with index \d+) at pos/

/** The file ends before its time. */
const endsEarly = /File ended prematurely|partial file|filesize and duration do not match/

/** Damage of the container, which may have cost sound. */
const signsOfDamage = [
  /exceeds containing master element|EBML number|CRC mismatch|PES packet size mismatch/,
  /Packet mismatch|packet_replic_size|ff asf bad header|Invalid data found/,
]

/** What ffmpeg said of a file, as far as it concerns one of its tracks. */
export interface Complaints {
  /** Packets that could not be decoded. */
  decodingErrors: number
  /** Frames of MP3 among them; the others are tags and junk between frames. */
  lostFrames: number
  endsEarly: boolean
  /** Whether the container is damaged, or a packet of the track. */
  isDamaged: boolean
  /** Whether it said anything that good files do not cause. */
  any: boolean
  /** When another track began in the middle, in seconds; such a track is not read. */
  newTrackAtSeconds: number | undefined
}

/** @param trackIndex - index of the track that was read; damage of other tracks is ignored
 *  @param container - ffmpeg's names of it */
export function readComplaints(
  { stderr, messages }: Pick<FfmpegExit, 'stderr' | 'messages'>,
  trackIndex: number,
  container = '',
): Complaints {
  const all = messages ?? stderr.split('\n').map(text => ({ text, count: 1 }))
  // A WAV of unknown length ends in the middle of what ffmpeg takes for a packet.
  const isOpen = /^(wav|w64|aiff|au|caf)$/.test(container)
  const ofTrack = (text: string) =>
    text.includes(`Packet corrupt (stream = ${trackIndex},`) ||
    text.endsWith(`corrupt input packet in stream ${trackIndex}`)
  const has = (pattern: RegExp) => all.some(({ text }) => pattern.test(text))
  const count = (pattern: RegExp) =>
    all.reduce((sum, { text, count }) => sum + (pattern.test(text) ? count : 0), 0)
  const newTrack = all.find(({ text }) => newAudioTrack.test(text))?.text
  return {
    decodingErrors: count(decodingError),
    lostFrames: count(lostFrame),
    endsEarly: has(endsEarly),
    isDamaged:
      signsOfDamage.some(sign => all.some(({ text }) => sign.test(text) && !decodingError.test(text))) ||
      (!isOpen && all.some(({ text }) => ofTrack(text))),
    any: findComplaints(all.map(({ text }) => text).join('\n')).length > 0,
    newTrackAtSeconds: (newTrack && Number(/DTS:([\d.]+)s/.exec(newTrack)?.[1] ?? Number.NaN)) || undefined,
  }
}

/** Lines of ffmpeg's warnings and errors that are not known to be harmless. */
export function findComplaints(stderr: string): string[] {
  return stderr.split('\n').filter(line => line.trim() !== '' && !harmless.some(known => known.test(line)))
}
