import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { ffmpeg, wholeFile } from '@jackalope/local-servers/testing'
import { inspectSource } from '../../src/audio/inspect-source.ts'
import { ConverterError } from '../../src/converter-error.ts'
import { defaultLimits } from '../../src/tools/limits.ts'
import { extract, tools } from '../support/extract.ts'
import { openMediaFolder } from '../support/media-folder.ts'

const media = await openMediaFolder(wholeFile)

/** Overwrites bytes at a distance from each place where a word stands. */
function patch(bytes: Buffer, word: string, distance: number, hex: string): Buffer {
  const copy = Buffer.from(bytes)
  const value = Buffer.from(hex, 'hex')
  const sought = Buffer.from(word, 'latin1')
  for (let at = copy.indexOf(sought); at >= 0; at = copy.indexOf(sought, at + 4))
    value.copy(copy, at + distance)
  return copy
}

/** Two hours and more of it fit into 16 kB, at 1 Hz. */
function pcmOf(format: string): string {
  return /^(au|aiff)$/.test(format) ? 'pcm_s16be' : 'pcm_s16le'
}

/** Size of an ID3 tag, in 7 bits of each byte. */
function syncSafe(size: number): Buffer {
  return Buffer.from([21, 14, 7, 0].map(shift => (size >> shift) & 127))
}

function frame(id: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(content.length)
  return Buffer.concat([Buffer.from(id), size, Buffer.alloc(2), content])
}

function withTag(mp3: Buffer, frames: Buffer): Buffer {
  return Buffer.concat([Buffer.from('ID3\x03\0\0', 'latin1'), syncSafe(frames.length), frames, mp3])
}

// Two at once: a test spends most of its time waiting for other processes.
describe('extractAudio, on hostile files', { concurrency: 2 }, () => {
  test('fails files that claim impossible sizes, for good, with little memory', async () => {
    const mp4 = await readFile(await media.get('faststart.mp4'))
    const files = {
      'samples of one size': patch(mp4, 'stsz', 8, '000000640a9bcd00'),
      'samples of many sizes': patch(mp4, 'stsz', 12, '0fffffff'),
      times: patch(mp4, 'stts', 8, '7fffffff'),
      chunks: patch(mp4, 'stco', 8, '3fffffff'),
      'no time scale': patch(mp4, 'mdhd', 16, '00000000'),
      'a box without an end': Buffer.concat([
        mp4.subarray(0, 32),
        Buffer.from('000000016d6f6f767fffffffffffffff', 'hex'),
      ]),
    }
    for (const [name, content] of Object.entries(files))
      await assert.rejects(extract(media, await media.write('x', content)), (error: unknown) => {
        assert.ok(error instanceof ConverterError && error.isPermanent, `${name}: ${error}`)
        return true
      })
    assert.ok(defaultLimits.memoryBytes < 0.5 * 1024 ** 3)
  })

  test('fails a file with tags as long as books, for good', async () => {
    const mp3 = await readFile(await media.get('good.mp3'))
    const file = await media.write(
      'x',
      withTag(mp3, frame('TIT2', Buffer.concat([Buffer.alloc(1), Buffer.alloc(9_000_000, 'A')]))),
    )
    await assert.rejects(extract(media, file), { code: 'ERR_FILE_TOO_DEMANDING', isPermanent: true })
  })

  test('keeps no title and language of a track that are as long as books', async () => {
    const [tags, file] = [media.newPath(), media.newPath()]
    const stream = `[STREAM]\nlanguage=${'y'.repeat(200_000)}\ntitle=${'z'.repeat(200_000)}\n`
    await writeFile(tags, `;FFMETADATA1\n${stream}`)
    await ffmpeg(
      ...['-i', await media.get('good.mkv'), '-f', 'ffmetadata', '-i', tags, '-map', '0:a', '-c', 'copy'],
      ...['-map_metadata:s:a:0', '1:s:0', '-f', 'matroska', file],
    )
    const [track] = (await extract(media, file)).tracks
    assert.deepEqual([track?.language, track?.title?.length], [undefined, 200])
  })

  test('tries ten tracks of those that a file has, at most', async () => {
    const file = media.newPath()
    const maps = Array(12).fill(['-map', '0:a']).flat()
    await ffmpeg('-i', await media.get('good.mkv'), ...maps, '-c', 'copy', '-f', 'matroska', file)
    const sources = await inspectSource(file, { ...tools, conversion: {}, scratchPath: media.newPath() })
    assert.deepEqual([sources.length, sources[0].tracks.length], [10, 12])
  })

  test('does not look at an attached picture that is too large', async () => {
    const cover = media.newPath()
    await ffmpeg('-f', 'lavfi', '-i', 'color=s=64x64', '-frames:v', '1', '-c:v', 'png', '-f', 'image2', cover)
    const png = await readFile(cover)
    // Width and height; the checksum is not looked at.
    png.writeUInt32BE(11_000, 16)
    png.writeUInt32BE(11_000, 20)
    const picture = frame(
      'APIC',
      Buffer.concat([Buffer.from('\0image/png\0\x03\0', 'latin1'), png, deflateSync('')]),
    )
    const file = await media.write('x', withTag(await readFile(await media.get('good.mp3')), picture))
    const { durationSeconds, warnings } = await extract(media, file)
    assert.ok(durationSeconds > 9.9)
    assert.deepEqual(warnings, [])
  })

  test('refuses at once what claims a sample rate that no recording has', async () => {
    const one = { long: '01000000', double: '3ff0000000000000', extended: '3fff8000000000000000' }
    const claims: [format: string, word: string, distance: number, rate: string, sampleRate: number][] = [
      ['wav', 'fmt ', 12, one.long, 1],
      ['wav', 'fmt ', 12, '00ca9a3b', 1_000_000_000],
      ['w64', 'fmt ', 28, one.long, 1],
      ['au', '.snd', 16, '00000001', 1],
      ['caf', 'desc', 12, one.double, 1],
      ['aiff', 'COMM', 16, one.extended, 1],
      ['matroska', '\xb5\x88', 2, one.double, 1],
    ]
    const startedAt = performance.now()
    for (const [format, word, distance, rate, sampleRate] of claims) {
      const sound = media.newPath()
      await ffmpeg('-f', 'lavfi', '-i', 'sine=d=2:r=8000', '-c:a', pcmOf(format), '-f', format, sound)
      const file = await media.write(format, patch(await readFile(sound), word, distance, rate))
      const reason = {
        code: 'ERR_AUDIO_UNSUPPORTED',
        isPermanent: true,
        message: new RegExp(` ${sampleRate} Hz`),
      }
      await assert.rejects(extract(media, file), reason, format)
    }
    assert.ok(performance.now() - startedAt < 20_000)
  })

  test('opens nothing that a file names: parts of files are no protocol of a playlist', async () => {
    const secret = await media.get('good.ts')
    for (const address of [`file:${secret}`, `subfile,,start,0,end,90000,,:file:${secret}`]) {
      const list = `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n${address}\n#EXT-X-ENDLIST\n`
      for (const content of [list, `ffconcat version 1.0\nfile '${address}'\n`])
        await assert.rejects(extract(media, await media.write('x', content)), { code: 'ERR_FILE_NOT_MEDIA' })
    }
  })
})
