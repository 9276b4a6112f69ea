import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FinishedRun, judgeRun, type Verdict } from '../../src/audio/judge-run.ts'

interface Case {
  stderr?: string
  exitCode?: number
  /** Seconds in the output. */
  got?: number
  stated?: number
  source?: 'track' | 'container' | 'guess'
  areGapsFilled?: boolean
  /** Bytes missing in the output. */
  lostBytes?: number
  /** What is wrong with the output. */
  fault?: string
  /** Where the wanted part begins, in seconds. */
  start?: number
}

function judge({
  stderr = '',
  exitCode = 0,
  got = 10,
  stated,
  source = 'track',
  fault,
  start,
  ...rest
}: Case): Verdict {
  const sizeBytes = got * 24_000
  const written = { endSeconds: got, sizeBytes: sizeBytes + (rest.lostBytes ?? 0) }
  const run: FinishedRun = {
    exit: { exitCode, signal: null, stderr, written },
    audio: { sizeBytes, durationSeconds: got, fault },
    length: { seconds: stated, source, lateBySeconds: 0 },
    trackIndex: 1,
    start,
    maxSeconds: 3_600,
    areGapsFilled: rest.areGapsFilled ?? false,
  }
  return judgeRun(run)
}

function codeOf(verdict: Verdict): string {
  return typeof verdict === 'string' ? verdict : verdict.code
}

test('accepts what is as long as the track, give or take half a second', () => {
  assert.equal(judge({ got: 10.05, stated: 10 }), 'good')
  assert.equal(judge({ got: 9.6, stated: 10 }), 'good')
  assert.equal(judge({ got: 3_596, stated: 3_599 }), 'good')
  assert.equal(judge({ got: 10, stated: 10, stderr: '[matroska @ 0x5] File ended prematurely' }), 'good')
})

test('finds what is missing behind exit code 0', () => {
  const corruptMkv = '[matroska,webm @ 0x5] Element at 0x6 ending at 0x7 exceeds containing master element'
  const truncatedMp4 = '[mov @ 0x5] stream 0, offset 0x1d: partial file'
  for (const stderr of [corruptMkv, truncatedMp4, '[matroska,webm @ 0x5] File ended prematurely'])
    assert.equal(codeOf(judge({ got: 6, stated: 10, stderr })), 'ERR_FILE_DAMAGED')
})

test('fills gaps before it calls a short output damaged', () => {
  assert.equal(judge({ got: 6, stated: 10 }), 'gaps')
  assert.equal(codeOf(judge({ got: 6, stated: 10, areGapsFilled: true })), 'ERR_FILE_DAMAGED')
  const harmless = '[h264 @ 0x5] co located POCs unavailable\n    Last message repeated 1 times\n'
  assert.equal(judge({ got: 6, stated: 10, stderr: harmless }), 'gaps')
})

test('lets the audio be shorter than its container', () => {
  assert.equal(judge({ got: 6, stated: 10, source: 'container' }), 'gaps')
  assert.equal(judge({ got: 6, stated: 10, source: 'container', areGapsFilled: true }), 'good')
})

test('heeds signs of damage where no length is stated', () => {
  for (const length of [{}, { stated: 10, source: 'guess' }] as const) {
    assert.equal(judge({ got: 6, ...length }), 'good')
    const ended = judge({ got: 6, ...length, stderr: '[matroska,webm @ 0x5] File ended prematurely' })
    assert.equal(codeOf(ended), 'ERR_FILE_DAMAGED')
    const ofAudio = judge({ got: 6, ...length, stderr: '[avi @ 0x5] Packet corrupt (stream = 1, dts = 2).' })
    assert.equal(codeOf(ofAudio), 'ERR_FILE_DAMAGED')
    assert.equal(
      judge({ got: 6, ...length, stderr: '[avi @ 0x5] Packet corrupt (stream = 0, dts = 2).' }),
      'good',
    )
  }
})

test('refuses no output, and output that reaches the limit', () => {
  assert.equal(codeOf(judge({ got: 0, stated: 10 })), 'ERR_FILE_DAMAGED')
  assert.equal(codeOf(judge({ got: 3_602 })), 'ERR_AUDIO_TOO_LONG')
})

test('takes bytes that the disk lost for our fault', () => {
  assert.equal(codeOf(judge({ lostBytes: 1, stated: 10 })), 'ERR_TOOL_FAILED')
})

test('takes an output that is not what was planned for our fault', () => {
  assert.equal(codeOf(judge({ stated: 10, fault: 'its codec is aac, not mp3' })), 'ERR_TOOL_FAILED')
})

test('says when nothing is left because the wanted part begins too late', () => {
  assert.equal(codeOf(judge({ got: 0, start: 20 })), 'ERR_PART_EMPTY')
})

test('takes an exit code for damage, whatever was written', () => {
  const verdict = judge({ exitCode: 69, stated: 10, stderr: 'Error while decoding stream #0:1' })
  assert.equal(codeOf(verdict), 'ERR_FILE_DAMAGED')
})
