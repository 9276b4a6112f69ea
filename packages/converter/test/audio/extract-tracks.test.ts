import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { ffmpeg, wholeFile } from '@jackalope/local-servers/testing'
import { extract } from '../support/extract.ts'
import { hear, isTone } from '../support/hear.ts'
import { openMediaFolder } from '../support/media-folder.ts'
import { writeTwoTracks } from '../support/tones.ts'

const media = await openMediaFolder(wholeFile)

async function twoTracks(...options: string[]): Promise<string> {
  const path = media.newPath()
  await writeTwoTracks(path, ...options)
  return path
}

/** Copies a file without the packets of its first audio track. */
async function withEmptyTrack(path: string, format: string): Promise<string> {
  const copy = media.newPath()
  await ffmpeg(
    ...['-i', path, '-map', '0', '-c', 'copy', '-bsf:a:0', 'noise=drop=1', '-f', format, `file:${copy}`],
  )
  return copy
}

/** Changes the codec of audio tracks to one that no decoder knows, as phones with spatial audio write it. */
async function withUnknownCodec(path: string, tracks: number): Promise<string> {
  const bytes = await readFile(path)
  for (let i = 0, at = 0; i < tracks; i++) {
    at = bytes.indexOf('mp4a', at + 1)
    bytes.write('apac', at, 'latin1')
    bytes.write('dapa', bytes.indexOf('esds', at), 'latin1')
  }
  return media.write('apac.mp4', bytes)
}

async function takenOf(path: string, track?: number | string) {
  const audio = await extract(media, path, track === undefined ? {} : { conversion: { track } })
  const sound = await hear(audio.path)
  const tone = [300, 1_000].find(frequency => isTone(sound.toneAt(2), frequency))
  return { ...audio, tone, told: audio.warnings.map(({ code }) => code) }
}

// Two at once: a test spends most of its time waiting for other processes.
describe('extractAudio, of several tracks', { concurrency: 2 }, () => {
  test('takes the default track, and lists all', async () => {
    const path = await twoTracks(
      ...['-disposition:a:0', '0', '-disposition:a:1', 'default', '-metadata:s:a:0', 'language=eng'],
      ...['-f', 'matroska'],
    )
    const { tone, track, tracks, told } = await takenOf(path)
    assert.deepEqual([tone, track, told], [1_000, 2, []])
    assert.deepEqual(
      tracks.map(({ number, language, isDefault, channels }) => [number, language, isDefault, channels]),
      [
        [1, 'eng', false, 1],
        [2, undefined, true, 1],
      ],
    )
  })

  test('never takes a commentary or a description while there is another track', async () => {
    const byFlag = await twoTracks(
      '-disposition:a:0',
      'default+comment',
      '-disposition:a:1',
      '0',
      '-f',
      'matroska',
    )
    const { tone, tracks, told } = await takenOf(byFlag)
    assert.deepEqual([tone, tracks[0]?.role, told], [1_000, 'commentary', []])
    const byTitle = await twoTracks('-metadata:s:a:0', 'title=Audio description', '-f', 'matroska')
    assert.equal((await takenOf(byTitle)).tone, 1_000)
    assert.equal((await takenOf(byTitle, 1)).tone, 300)
  })

  test('takes the track of a number or a language, and says which there are', async () => {
    const path = await twoTracks(
      '-metadata:s:a:0',
      'language=eng',
      '-metadata:s:a:1',
      'language=ger',
      '-f',
      'matroska',
    )
    for (const wanted of [2, 'de', 'deu', 'ger']) assert.equal((await takenOf(path, wanted)).tone, 1_000)
    const message = 'The file has no audio track in the language "fr". It has: 1 (eng), 2 (ger).'
    await assert.rejects(takenOf(path, 'fr'), { code: 'ERR_TRACK_MISSING', isPermanent: true, message })
    await assert.rejects(takenOf(path, 3), { code: 'ERR_TRACK_MISSING', message: /no audio track number 3/ })
  })

  test('passes over a track of an unknown codec, and names it if all are', async () => {
    const path = await twoTracks('-f', 'mp4')
    const { tone, told, tracks, warnings } = await takenOf(await withUnknownCodec(path, 1))
    assert.deepEqual([tone, told, tracks[0]?.codec], [1_000, ['tracks-skipped'], 'apac'])
    assert.equal(warnings[0]?.text, 'Track 1 (apac) has no sound that can be decoded. Track 2 was taken.')
    await assert.rejects(extract(media, await withUnknownCodec(path, 2)), {
      code: 'ERR_AUDIO_UNSUPPORTED',
      message: /the codec "apac" is unknown/,
    })
  })

  for (const format of ['matroska', 'mpegts'])
    test(`passes over an empty track (${format}), and fails for good if all are`, async () => {
      const two = await twoTracks('-f', 'matroska')
      const { tone, told } = await takenOf(await withEmptyTrack(two, format))
      assert.deepEqual([tone, told], [1_000, ['tracks-skipped']])
      const one = await withEmptyTrack(await media.get('faststart.mp4'), format)
      await assert.rejects(extract(media, one), {
        isPermanent: true,
        code: /^ERR_(NO_AUDIO|AUDIO_UNSUPPORTED)$/,
      })
    })
})
