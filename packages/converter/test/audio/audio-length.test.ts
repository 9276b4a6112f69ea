import assert from 'node:assert/strict'
import { test } from 'node:test'
import { audioLength } from '../../src/audio/audio-length.ts'
import type { Probe, ProbedStream } from '../../src/audio/probe.ts'

const mebibyte = 1024 ** 2

const nothing = {
  sample_rate: undefined,
  channels: undefined,
  bits_per_sample: undefined,
  bits_per_raw_sample: undefined,
  duration: undefined,
  nb_frames: undefined,
  disposition: {},
  tags: {},
}

function lengthOf(audio: Partial<ProbedStream>, probe: Partial<Probe> = {}, sizeBytes = mebibyte) {
  const stream: ProbedStream = { ...nothing, index: 1, start_time: 0, ...audio }
  const base = {
    container: 'matroska,webm',
    startSeconds: 0,
    durationSeconds: undefined,
    isLengthGuessed: false,
    streams: [stream],
    tags: {},
  }
  return audioLength({ ...base, ...probe }, stream, sizeBytes)
}

test('believes the track before the container', () => {
  assert.deepEqual(lengthOf({ duration: 10 }, { durationSeconds: 2_147_483 }), {
    seconds: 10,
    source: 'track',
    lateBySeconds: 0,
  })
})

test('reads the tag of Matroska as the time at which the track ends', () => {
  const { seconds, source } = lengthOf(
    { start_time: 2.5, tags: { DURATION: '01:00:12.500000000' } },
    {},
    10 * mebibyte,
  )
  assert.deepEqual({ seconds, source }, { seconds: 3_610, source: 'track' })
})

test('counts the frames of an AVI, whose length ffprobe takes from the size of what is left', () => {
  const audio = { duration: 6, nb_frames: 400, time_base: '1/40' }
  assert.equal(lengthOf(audio, { container: 'avi' }).seconds, 10)
})

test('falls back to the container, less what comes before the track', () => {
  const length = lengthOf({ start_time: 4.4 }, { startSeconds: 1.4, durationSeconds: 10 })
  assert.deepEqual(length, { seconds: 7, source: 'container', lateBySeconds: length.lateBySeconds })
  assert.ok(Math.abs(length.lateBySeconds - 3) < 1e-9)
})

test('knows when nothing is known', () => {
  assert.equal(lengthOf({}).seconds, undefined)
  assert.equal(lengthOf({ tags: { DURATION: 'long' } }).seconds, undefined)
  assert.equal(lengthOf({ duration: 10 }, { isLengthGuessed: true }).source, 'guess')
})

test('does not believe a length that would leave less than 100 bits for a second', () => {
  assert.equal(lengthOf({ duration: 2_147_483 }, {}, 100_000).seconds, undefined)
  assert.equal(lengthOf({}, { durationSeconds: 2_147_483 }, 100_000).seconds, undefined)
})

test('does not believe the track in a length that a jump of the clock may have made', () => {
  const jump = { duration: 36_020, nb_frames: 940 }
  assert.equal(lengthOf(jump, { container: 'mov,mp4' }, 1e9).source, 'container')
  assert.equal(lengthOf({ duration: 36_020 }, { container: 'mpegts' }, 1e9).source, 'container')
  assert.equal(lengthOf({ duration: 36_020 }, {}, 1e6).source, 'container')
  assert.equal(lengthOf({ duration: 36_020, nb_frames: 1_700_000 }, { container: 'mov,mp4' }).source, 'track')
  assert.equal(lengthOf({ duration: 36_020 }, {}, 1e8).source, 'track')
})
