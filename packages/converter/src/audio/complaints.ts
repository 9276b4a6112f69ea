/** Said of good files too. Pictures are not our concern: ffmpeg looks at some of them to open the file. */
const harmless = [
  /Guessed Channel Layout/,
  /Estimating duration from bitrate/,
  /Trying to remove \d+ samples/,
  /Last message repeated/,
  /^\[(h264|hevc|mpeg1video|mpeg2video|mpeg4|msmpeg4|h263|vp8|vp9|av1|libdav1d|vc1|wmv\d|mjpeg|png) @/,
]

/** What tells of damage even when nothing tells how long the audio ought to be. */
const signsOfDamage = [
  /File ended prematurely|partial file|exceeds containing master element|EBML number/,
  /Input buffer exhausted|Error while decoding|Invalid data found|CRC mismatch|corrupt input packet/,
]

/** Lines of ffmpeg's warnings and errors that are not known to be harmless. */
export function findComplaints(stderr: string): string[] {
  return stderr.split('\n').filter(line => line.trim() !== '' && !harmless.some(known => known.test(line)))
}

/** @param trackIndex - of the track that was read; of others' damage nothing is to be said. */
export function showsDamage(stderr: string, trackIndex: number): boolean {
  return (
    signsOfDamage.some(sign => sign.test(stderr)) ||
    stderr.includes(`Packet corrupt (stream = ${trackIndex},`)
  )
}
