import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  classifyConversionFailure,
  classifyProbeFailure,
  damaged,
  findOwnFault,
  tooLong,
} from '../../src/audio/classify-failure.ts'

const exit = (stderr: string, exitCode: number | null = 1) => ({ exitCode, signal: null, stderr })

test('takes what is said of this machine for our fault, to be tried again', () => {
  const ownFaults = [
    'file:/tmp/w/audio.mp3: No such file or directory',
    'file:/tmp/w/audio.mp3: Permission denied',
    'file:/tmp/w/audio.mp3: Read-only file system',
    'av_interleaved_write_frame(): No space left on device',
    'Error writing trailer of file:/tmp/w/audio.mp3: Disk quota exceeded',
    "Unknown encoder 'libmp3lame'",
    "Unrecognized option 'format_whitelist'.",
    'ffmpeg: error while loading shared libraries: libavdevice.so.59',
  ]
  for (const stderr of ownFaults) {
    const error = classifyConversionFailure(exit(stderr), 0)
    // Not a fault that is surely ours: texts of a file are shown too, and no file may stop a converter.
    assert.equal(error.code, 'ERR_TOOL_FAILED', stderr)
    assert.equal(error.isPermanent, false)
    assert.equal(classifyProbeFailure(exit(stderr)).code, 'ERR_TOOL_FAILED')
  }
})

test('takes a run that was ended by a signal, or a program that could not be run, for our fault', () => {
  const killed = { exitCode: null, signal: 'SIGKILL' as const, stderr: 'Error while decoding stream #0:1' }
  assert.match(findOwnFault('ffmpeg', killed)?.message ?? '', /ended by SIGKILL/)
  assert.match(findOwnFault('ffmpeg', exit('', 255))?.message ?? '', /told to stop/)
  assert.equal(findOwnFault('ffmpeg', exit('', 127))?.code, 'ERR_TOOL_UNUSABLE')
})

test('takes a run that complained without end for too demanding, for good', () => {
  const flooded = { exitCode: 255, signal: null, stderr: 'Corrupt bitstream', wasFlooded: true }
  assert.equal(findOwnFault('ffmpeg', flooded)?.code, 'ERR_FILE_TOO_DEMANDING')
})

test('finds what could not be written behind exit code 0, and nothing else', () => {
  assert.equal(findOwnFault('ffmpeg', exit('x: No space left on device', 0))?.code, 'ERR_TOOL_FAILED')
  assert.equal(findOwnFault('ffmpeg', exit('x: No such file or directory', 0)), undefined)
})

test('says what is wrong with a file that cannot be opened', () => {
  assert.match(classifyProbeFailure(exit('[mov @ 0x5] moov atom not found')).message, /index.*is missing/)
  const notMedia = [
    "[hls @ 0x5] Format not on whitelist 'mov'",
    'file:/x: Invalid data found when processing input',
  ]
  for (const stderr of notMedia) assert.equal(classifyProbeFailure(exit(stderr)).code, 'ERR_FILE_NOT_MEDIA')
})

test('takes every other complaint of ffmpeg for damage', () => {
  const complaints = [
    '[aac @ 0x5] channel element 3.0 is not allocated',
    '[mp2 @ 0x5] Header missing',
    'file:/w/video: corrupt input packet in stream 1',
    'file:/w/video: Input/output error',
    'Error while decoding stream #0:1: Invalid data found when processing input\n'.repeat(1_050),
  ]
  for (const stderr of complaints) {
    const error = classifyConversionFailure(exit(stderr), 6, 10)
    assert.equal(error.message, 'The file is damaged: only 6.0 of 10.0 s could be read.')
    assert.ok(error.isPermanent)
  }
  assert.equal(
    classifyConversionFailure(exit("Stream map '0:a:0' matches no streams."), 0).code,
    'ERR_NO_AUDIO',
  )
  assert.equal(
    classifyConversionFailure(exit('Decoder (codec none) not found for input stream #0:1'), 0).code,
    'ERR_AUDIO_UNSUPPORTED',
  )
  const newAac =
    '[aac @ 0x5] Audio object type 42 is not implemented.\nCould not open codec for input stream 0'
  const { code, message } = classifyProbeFailure(exit(newAac))
  assert.equal(code, 'ERR_AUDIO_UNSUPPORTED')
  assert.match(message, /no decoder for "xHE-AAC"/)
})

test('writes lengths as people read them', () => {
  assert.equal(damaged(6).message, 'The file is damaged: it could not be read beyond 6.0 s.')
  assert.match(damaged(59, 3_725).message, /only 59\.0 s of 1 h 2 min could be read/)
  assert.match(damaged(700, 3_500).message, /only 11 min 40 s of 58 min 20 s could be read/)
  assert.match(damaged(0, 10).message, /damaged or encrypted/)
  assert.match(tooLong(21_600, 25_200).message, /up to 6 h 0 min are converted, and it is 7 h 0 min/)
})
