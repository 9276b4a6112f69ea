import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explained } from '@jackalope/contracts'
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
  /** Where it ends. */
  end?: number
  container?: string
  isCut?: boolean
  isBroken?: boolean
  excusedErrors?: number
  onDamage?: 'deliver' | 'fail'
  /** Start of the track after that of the file, in seconds. */
  lateBy?: number
}

function judge({
  stderr = '',
  exitCode = 0,
  got = 10,
  stated,
  source = 'track',
  fault,
  start,
  end,
  ...rest
}: Case): Verdict {
  const sizeBytes = got * 24_000
  const written = { endSeconds: got, sizeBytes: sizeBytes + (rest.lostBytes ?? 0) }
  const run: FinishedRun = {
    exit: { exitCode, signal: null, stderr, written },
    audio: { sizeBytes, durationSeconds: got, fault },
    length: { seconds: stated, source, lateBySeconds: 0 },
    source: {
      length: { seconds: stated, source, lateBySeconds: rest.lateBy ?? 0 },
      chosen: { index: 1, codec: 'aac' },
      container: rest.container ?? 'matroska,webm',
      isCut: rest.isCut ?? false,
      isBroken: rest.isBroken ?? false,
      excusedErrors: rest.excusedErrors ?? 0,
    },
    onDamage: rest.onDamage ?? 'deliver',
    start,
    end,
    maxSeconds: 3_600,
    areGapsFilled: rest.areGapsFilled ?? false,
  }
  return judgeRun(run)
}

/** `whole`, `gaps`, the code of the warning, or that of the error. */
function codeOf(verdict: Verdict): string {
  if (typeof verdict === 'string') return verdict
  return Array.isArray(verdict) ? verdict.map(({ code }) => code).join() || 'whole' : verdict.code
}

test('accepts what is as long as the track, give or take half a second', () => {
  assert.equal(codeOf(judge({ got: 10.05, stated: 10 })), 'whole')
  assert.equal(codeOf(judge({ got: 9.6, stated: 10 })), 'whole')
  assert.equal(codeOf(judge({ got: 3_596, stated: 3_599 })), 'whole')
  assert.equal(
    codeOf(judge({ got: 10, stated: 10, stderr: '[matroska @ 0x5] File ended prematurely' })),
    'whole',
  )
})

test('finds what is missing behind exit code 0', () => {
  const corruptMkv = '[matroska,webm @ 0x5] Element at 0x6 ending at 0x7 exceeds containing master element'
  const truncatedMp4 = '[mov @ 0x5] stream 0, offset 0x1d: partial file'
  for (const stderr of [corruptMkv, truncatedMp4, '[matroska,webm @ 0x5] File ended prematurely'])
    for (const onDamage of ['deliver', 'fail'] as const) {
      const verdict = codeOf(judge({ got: 6, stated: 10, stderr, onDamage }))
      assert.match(verdict, onDamage === 'fail' ? /^ERR_FILE_DAMAGED$/ : /^(damaged|incomplete)$/)
    }
  const cut = judge({ got: 6, stated: 10, stderr: truncatedMp4 })
  const told = explained('ends-early', { gotSeconds: 6, statedSeconds: 10 })
  assert.equal(told.text, 'The file ends too early: 6.0 of 10.0 s could be read.')
  assert.deepEqual(cut, [{ code: 'incomplete', ...told, seconds: 4 }])
  assert.equal(codeOf(judge({ got: 0.9, stated: 10, stderr: truncatedMp4 })), 'ERR_FILE_DAMAGED')
})

test('finds what is missing where a length is stated that what is left makes', () => {
  assert.equal(codeOf(judge({ stated: 10, container: 'mpegts', isCut: true })), 'incomplete')
  assert.equal(codeOf(judge({ stated: 10, container: 'mpegts', isBroken: true })), 'damaged')
  const lost = '[mpegts @ 0x5] PES packet size mismatch'
  assert.equal(codeOf(judge({ stated: 10, container: 'mpegts', stderr: lost })), 'damaged')
})

test('heeds the end of the file only where the wanted part reaches it', () => {
  const cut = { got: 6, container: 'mpegts', isCut: true }
  assert.equal(codeOf(judge({ ...cut, start: 1, end: 7 })), 'whole')
  assert.equal(codeOf(judge({ ...cut, start: 1, end: 20 })), 'incomplete')
})

test('does not miss the pause before a late track of an MP4', () => {
  const late = { got: 7, stated: 10, lateBy: 3, areGapsFilled: true, container: 'mov,mp4' }
  assert.equal(codeOf(judge(late)), 'whole')
  assert.equal(codeOf(judge({ ...late, container: 'matroska,webm' })), 'damaged')
  assert.equal(codeOf(judge({ ...late, got: 6 })), 'damaged')
  assert.equal(codeOf(judge({ ...late, areGapsFilled: false })), 'gaps')
})

test('says how much could not be decoded', () => {
  const stderr = Array(50).fill('Error while decoding stream #0:1: Invalid data found').join('\n')
  const told = explained('damaged-for', { seconds: 1.2 })
  assert.equal(told.text, 'The file is damaged: about 1.2 s of the audio could not be read.')
  assert.deepEqual(judge({ stderr }), [{ code: 'damaged', ...told, seconds: 1.2 }])
})

test('excuses messages that tags between the frames of an MP3 cause', () => {
  const stderr = '[mp3float @ 0x5] Header missing\nError while decoding stream #0:0: Invalid data found'
  assert.equal(codeOf(judge({ container: 'mp3', stderr, excusedErrors: 2 })), 'whole')
  assert.equal(codeOf(judge({ container: 'mp3', stderr })), 'damaged')
  const seven =
    '[aist#0:0/mp3 @ 0x5] [dec:mp3float @ 0x5] Decoding error: Invalid data found when processing input'
  assert.equal(codeOf(judge({ container: 'mp3', stderr: seven, excusedErrors: 2 })), 'whole')
})

test('leaves out a jump of the clock, and tells of another track that begins in the middle', () => {
  assert.equal(codeOf(judge({ got: 20, stated: 36_020 })), 'changed')
  const stderr = 'New audio stream 0:2 at pos:99828 and DTS:7.4s'
  const seven = '[in#0/mpegts @ 0x5] New audio stream with index 2 at pos:99828 and DTS:7.4s'
  for (const said of [stderr, seven])
    assert.match(JSON.stringify(judge({ got: 6, stderr: said })), /"changed".*another audio track at 7\.4 s/)
})

test('fills gaps before it calls a short output damaged', () => {
  assert.equal(judge({ got: 6, stated: 10 }), 'gaps')
  assert.equal(codeOf(judge({ got: 6, stated: 10, areGapsFilled: true })), 'damaged')
  assert.equal(codeOf(judge({ got: 6, stated: 10, container: 'flac' })), 'damaged')
  const harmless = '[h264 @ 0x5] co located POCs unavailable\n    Last message repeated 1 times\n'
  assert.equal(judge({ got: 6, stated: 10, stderr: harmless }), 'gaps')
})

test('lets the audio be shorter than its container', () => {
  assert.equal(judge({ got: 6, stated: 10, source: 'container' }), 'gaps')
  assert.equal(codeOf(judge({ got: 6, stated: 10, source: 'container', areGapsFilled: true })), 'whole')
})

test('heeds signs of damage where no length is stated', () => {
  for (const length of [{}, { stated: 10, source: 'guess' }] as const) {
    assert.equal(codeOf(judge({ got: 6, ...length })), 'whole')
    const ended = judge({ got: 6, ...length, stderr: '[matroska,webm @ 0x5] File ended prematurely' })
    assert.equal(codeOf(ended), 'incomplete')
    const ofAudio = judge({ got: 6, ...length, stderr: '[avi @ 0x5] Packet corrupt (stream = 1, dts = 2).' })
    assert.equal(codeOf(ofAudio), 'damaged')
    assert.equal(
      codeOf(judge({ got: 6, ...length, stderr: '[avi @ 0x5] Packet corrupt (stream = 0, dts = 2).' })),
      'whole',
    )
  }
})

test('refuses no output, and output that reaches the limit', () => {
  assert.equal(codeOf(judge({ got: 0, stated: 10 })), 'ERR_NO_AUDIO')
  const stderr = 'Error while decoding stream #0:1: Invalid data found'
  assert.equal(codeOf(judge({ got: 0, stated: 10, stderr })), 'ERR_FILE_DAMAGED')
  assert.equal(codeOf(judge({ got: 3_602 })), 'ERR_AUDIO_TOO_LONG')
})

test('takes bytes that the disk lost for our fault', () => {
  assert.equal(codeOf(judge({ lostBytes: 1, stated: 10 })), 'ERR_TOOL_FAILED')
})

test('takes an output that is not what was planned for our fault', () => {
  assert.equal(codeOf(judge({ stated: 10, fault: 'its codec is aac, not mp3' })), 'ERR_OUTPUT_UNSOUND')
})

test('says when nothing is left because the wanted part begins too late', () => {
  assert.equal(codeOf(judge({ got: 0, start: 20 })), 'ERR_PART_EMPTY')
})

test('takes an exit code for damage, whatever was written', () => {
  const verdict = judge({ exitCode: 69, stated: 10, stderr: 'Error while decoding stream #0:1' })
  assert.equal(codeOf(verdict), 'ERR_FILE_DAMAGED')
})
