/** Messages that good files cause too. Those about pictures are irrelevant: ffmpeg reads some to open the file. */
const harmless = [
  /Guessed Channel Layout/,
  /Estimating duration from bitrate/,
  /Trying to remove \d+ samples/,
  /Last message repeated/,
  /Warning, extension is not \.m4a|encoding as 24 bits-per-sample/,
  // Of an option for pictures where there are none, and of a picture that is only copied.
  /has not been used for any stream|timescale not set/,
  /^\[(h264|hevc|mpeg1video|mpeg2video|mpeg4|msmpeg4|h263|vp8|vp9|av1|libdav1d|vc1|wmv\d|mjpeg|png) @/,
]

/** Messages that mean damage even when the expected length is unknown. */
const signsOfDamage = [
  /File ended prematurely|partial file|exceeds containing master element|EBML number/,
  /Input buffer exhausted|Error while decoding|Invalid data found|CRC mismatch|corrupt input packet/,
]

/** Lines of ffmpeg's warnings and errors that are not known to be harmless. */
export function findComplaints(stderr: string): string[] {
  return stderr.split('\n').filter(line => line.trim() !== '' && !harmless.some(known => known.test(line)))
}

/** @param trackIndex - index of the track that was read; damage of other tracks is ignored */
export function showsDamage(stderr: string, trackIndex: number): boolean {
  return (
    signsOfDamage.some(sign => sign.test(stderr)) ||
    stderr.includes(`Packet corrupt (stream = ${trackIndex},`)
  )
}
