import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conversionOptions, conversionResult, convertVideoInput } from '../src/index.ts'

test('without options, and in a job of an earlier version, the defaults count', () => {
  const defaults = { format: 'mp3', normalize: false, tags: 'keep', cover: 'keep', onDamage: 'deliver' }
  assert.deepEqual(conversionOptions.parse({}), defaults)
  const earlier = { videoId: 'v', ownerId: 'ada', format: 'mp3' }
  assert.deepEqual(convertVideoInput.parse(earlier), { videoId: 'v', ownerId: 'ada', options: defaults })
})

test('a result of an earlier version is an MP3 without warnings', () => {
  const earlier = { audioId: 'a', fileName: 'a.mp3', sizeBytes: 1, durationSeconds: 1 }
  assert.deepEqual(conversionResult.parse(earlier), { ...earlier, format: 'mp3', warnings: [], tracks: [] })
})

const refused: Array<[options: object, field: string]> = [
  [{ format: 'aac' }, 'format'],
  [{ format: 'flac', bitrate: 192 }, 'bitrate'],
  [{ bitrate: 63 }, 'bitrate'],
  [{ bitrate: 321 }, 'bitrate'],
  [{ bitrate: 192.5 }, 'bitrate'],
  [{ bitrate: 192, sampleRate: 22_050 }, 'bitrate'],
  [{ format: 'opus', channels: 1, bitrate: 320 }, 'bitrate'],
  [{ format: 'flac', sampleRate: 192_000 }, 'sampleRate'],
  [{ format: 'flac', sampleRate: 70_001 }, 'sampleRate'],
  [{ title: 'a\u0000b' }, 'title'],
  [{ format: 'opus', quality: 2 }, 'quality'],
  [{ bitrate: 192, quality: 2 }, 'quality'],
  [{ quality: 10 }, 'quality'],
  [{ format: 'opus', sampleRate: 44_100 }, 'sampleRate'],
  [{ channels: 6 }, 'channels'],
  [{ track: 0 }, 'track'],
  [{ track: 'German' }, 'track'],
  [{ start: -1 }, 'start'],
  [{ start: 5, end: 5 }, 'end'],
  [{ title: '  ' }, 'title'],
  [{ artist: 'a'.repeat(201) }, 'artist'],
  [{ onDamage: 'ignore' }, 'onDamage'],
]
for (const [options, field] of refused)
  test(`refuses ${JSON.stringify(options).slice(0, 40)}, and names ${field}`, () => {
    const { error } = conversionOptions.safeParse(options)
    assert.deepEqual(
      error?.issues.map(({ path }) => path),
      [[field]],
    )
  })

test('refuses a field that it does not know, and names it', () => {
  const { error } = conversionOptions.safeParse({ formt: 'mp3' })
  assert.match(error?.message ?? '', /formt/)
})
