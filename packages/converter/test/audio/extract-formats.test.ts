import assert from 'node:assert/strict'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import type { ConversionOptions } from '@jackalope/contracts'
import { ffmpeg, wholeFile } from '@jackalope/local-servers/testing'
import { extract } from '../support/extract.ts'
import { chaptersOf, decodedSeconds, describeFile, loudnessOf, soundHash } from '../support/listen.ts'
import { openMediaFolder } from '../support/media-folder.ts'

const media = await openMediaFolder(wholeFile)

/** Six seconds with two levels, tags and a cover. */
async function makeSong(...tail: string[]): Promise<string> {
  const path = media.newPath()
  await ffmpeg(
    ...['-f', 'lavfi', '-i', "aevalsrc='(0.02+0.9*gt(t,5.9))*sin(2*PI*500*t)':d=6:s=48000"],
    ...['-f', 'lavfi', '-i', 'color=red:s=64x64:d=1:r=1', '-map', '0', '-map', '1', '-frames:v', '1'],
    ...['-c:v', 'mjpeg', '-disposition:v', 'attached_pic', '-metadata', "title=It's = 1; a song"],
    ...['-metadata', 'artist=Ada', '-metadata', 'genre=Jazz', '-metadata', 'location=+52.5+013.4/'],
    ...tail,
    `file:${path}`,
  )
  return path
}

const song = await makeSong('-c:a', 'flac', '-sample_fmt', 's16', '-f', 'flac')

const formats: Array<
  [options: Partial<ConversionOptions>, type: string, codec: string, sampleRate: number, channels: number]
> = [
  [{}, 'audio/mpeg', 'mp3', 44_100, 2],
  [{ quality: 5, channels: 1, sampleRate: 22_050 }, 'audio/mpeg', 'mp3', 22_050, 1],
  [{ format: 'm4a', bitrate: 96 }, 'audio/mp4', 'aac', 48_000, 1],
  [{ format: 'opus', sampleRate: 24_000 }, 'audio/ogg', 'opus', 48_000, 1],
  [{ format: 'flac', sampleRate: 37_800 }, 'audio/flac', 'flac', 37_800, 1],
  [{ format: 'wav', channels: 2 }, 'audio/wav', 'pcm_s16le', 48_000, 2],
]

describe('extractAudio, by format and options', { concurrency: 2 }, () => {
  for (const [conversion, type, codec, sampleRate, channels] of formats)
    test(`writes ${JSON.stringify(conversion)}, and tells the length that a player plays`, async () => {
      const audio = await extract(media, song, { conversion })
      const { path, contentType, durationSeconds } = audio
      const file = await describeFile(path)
      assert.deepEqual(
        [contentType, file.codec, file.sampleRate, file.channels],
        [type, codec, sampleRate, channels],
      )
      const decoded = await decodedSeconds(path)
      assert.ok(Math.abs(durationSeconds - decoded) < 0.02, `${durationSeconds}, decoded ${decoded} s`)
      assert.ok(Math.abs(durationSeconds - 6) < 0.02, `${durationSeconds} s`)
      assert.equal(file.tags.title, "It's = 1; a song")
      assert.equal(file.tags.artist, 'Ada')
      assert.equal(file.tags.location, undefined)
      assert.equal(file.hasCover, /mp3|aac|flac/.test(codec))
    })

  test('keeps chapters of the whole with their titles, and none of a part', async () => {
    const chapter = (from: number, to: number) =>
      `[CHAPTER]\nTIMEBASE=1/1\nSTART=${from}\nEND=${to}\ntitle=From ${from}\n`
    const list = await media.write('chapters', `;FFMETADATA1\n${chapter(0, 2)}${chapter(2, 6)}`)
    const book = media.newPath()
    await ffmpeg(
      '-i',
      song,
      '-i',
      list,
      '-map',
      '0:a',
      '-map_chapters',
      '1',
      '-c:a',
      'aac',
      '-f',
      'mp4',
      book,
    )
    for (const format of ['m4a', 'mp3'] as const) {
      const whole = await extract(media, book, { conversion: { format } })
      assert.deepEqual(await chaptersOf(whole.path), ['From 0', 'From 2'])
    }
    const part = await extract(media, book, { conversion: { format: 'm4a', start: 1, end: 3 } })
    assert.deepEqual(await chaptersOf(part.path), [])
  })

  test('writes its own tags over those of the file, and drops tags and cover when told to', async () => {
    const conversion = { title: 'Mine', album: 'Ours' }
    const kept = await describeFile((await extract(media, song, { conversion })).path)
    assert.deepEqual(
      [kept.tags.title, kept.tags.album, kept.tags.artist, kept.tags.genre, kept.hasCover],
      ['Mine', 'Ours', 'Ada', 'Jazz', true],
    )
    const without = { ...conversion, tags: 'drop', cover: 'drop' } as const
    const dropped = await describeFile((await extract(media, song, { conversion: without })).path)
    assert.deepEqual([dropped.tags.title, dropped.tags.artist, dropped.hasCover], ['Mine', undefined, false])
  })

  test('copies AAC that is what was asked for, packet by packet, and only then', async () => {
    const source = await makeSong('-c:a', 'aac', '-b:a', '70k', '-f', 'ipod')
    const copy = await extract(media, source, { conversion: { format: 'm4a', title: 'Mine' } })
    assert.equal(await soundHash(copy.path), await soundHash(source))
    assert.ok(Math.abs(copy.durationSeconds - 6) < 0.02, `${copy.durationSeconds} s`)
    const { tags, hasCover } = await describeFile(copy.path)
    assert.deepEqual([tags.title, tags.artist, hasCover], ['Mine', 'Ada', true])
    const encoded = await extract(media, source, { conversion: { format: 'm4a', bitrate: 64 } })
    assert.notEqual(await soundHash(encoded.path), await soundHash(source))
  })

  test('copies AAC of a transport stream and of a late track from its first sample', async () => {
    for (const name of ['good.ts', 'late-audio.mp4', 'good.aac'] as const) {
      const source = await media.get(name)
      const copy = await extract(media, source, { conversion: { format: 'm4a' } })
      assert.equal(await soundHash(copy.path), await soundHash(source), name)
      const decoded = await decodedSeconds(copy.path)
      assert.ok(
        Math.abs(copy.durationSeconds - decoded) < 0.03,
        `${name}: ${copy.durationSeconds}, ${decoded} s`,
      )
    }
  })

  test('cuts a part out to the sample, and says when nothing is left', async () => {
    for (const format of ['mp3', 'opus', 'wav'] as const) {
      const { path, durationSeconds } = await extract(media, song, {
        conversion: { format, start: 1.25, end: 3.5 },
      })
      assert.ok(Math.abs(durationSeconds - 2.25) < 0.001, `${format}: ${durationSeconds} s`)
      assert.ok(Math.abs((await decodedSeconds(path)) - 2.25) < 0.001)
    }
    await assert.rejects(extract(media, song, { conversion: { start: 7 } }), {
      ...{ code: 'ERR_PART_EMPTY', isPermanent: true },
      message: 'Nothing is left of the audio, which ends at 6.0 s: "start" is 7.0 s.',
    })
  })

  test('normalizes the loudness to -23 LUFS, and lets no peak rise above -1 dBTP', async () => {
    for (const conversion of [{ normalize: true }, { normalize: true, format: 'flac' }] as const) {
      const { path, durationSeconds } = await extract(media, song, { conversion })
      const { integratedLufs, truePeakDecibels } = await loudnessOf(path)
      assert.ok(Math.abs(integratedLufs + 23) < 0.6, `${integratedLufs} LUFS`)
      assert.ok(truePeakDecibels <= -1, `${truePeakDecibels} dBTP`)
      assert.ok(Math.abs(durationSeconds - 6) < 0.02, `${durationSeconds} s`)
    }
  })

  test('leaves silence as it is', async () => {
    const silence = await media.get('silent-minute.m4a')
    await extract(media, silence, { conversion: { normalize: true, end: 3 } })
  })

  test('keeps 24 bits, and refuses what would be too large before and while it is written', async () => {
    const fine = media.newPath()
    await ffmpeg(
      '-f',
      'lavfi',
      '-i',
      'sine=440:d=2:r=96000',
      '-c:a',
      'pcm_s24le',
      '-f',
      'wav',
      `file:${fine}`,
    )
    for (const format of ['wav', 'flac'] as const) {
      const { bits, sampleRate } = await describeFile(
        (await extract(media, fine, { conversion: { format } })).path,
      )
      assert.deepEqual([bits, sampleRate], [24, 96_000])
    }
    // A rate of film that was slowed down, which FLAC cannot state.
    const slowed = media.newPath()
    await ffmpeg('-i', fine, '-af', 'asetrate=88112', '-f', 'wav', `file:${slowed}`)
    const flac = await extract(media, slowed, { conversion: { format: 'flac' } })
    assert.equal((await describeFile(flac.path)).sampleRate, 88_110)
    const tooLarge = { code: 'ERR_AUDIO_TOO_LARGE', isPermanent: true }
    const wav = { conversion: { format: 'wav' }, maxAudioBytes: 500_000 } as const
    await assert.rejects(extract(media, fine, wav), { ...tooLarge, message: /as WAV it has about 1 MB/ })
    const endless = { conversion: { format: 'wav' }, maxAudioBytes: 5_000_000 } as const
    await assert.rejects(extract(media, await media.get('endless.mkv'), endless), tooLarge)
  })

  test('takes the picture of the front, and no tags of gaps, clocks and another loudness', async () => {
    const [back, front, source] = [media.newPath(), media.newPath(), media.newPath()]
    for (const [path, color, codec] of [
      [back, 'red', 'mjpeg'],
      [front, 'blue', 'png'],
    ] as const)
      await ffmpeg(
        '-f',
        'lavfi',
        '-i',
        `color=${color}:s=64x64`,
        '-frames:v',
        '1',
        '-c:v',
        codec,
        '-f',
        'image2pipe',
        path,
      )
    await ffmpeg(
      ...[
        '-f',
        'lavfi',
        '-i',
        'sine=440:d=2',
        '-i',
        back,
        '-i',
        front,
        '-map',
        '0',
        '-map',
        '1',
        '-map',
        '2',
      ],
      ...[
        '-c:a',
        'libmp3lame',
        '-c:v',
        'copy',
        '-metadata',
        'iTunSMPB=00000000 00000840',
        '-metadata',
        'title=Song',
      ],
      ...['-metadata', 'replaygain_track_gain=-7 dB', '-metadata:s:v:0', 'comment=Cover (back)'],
      ...['-metadata:s:v:1', 'comment=Cover (front)', '-f', 'mp3', source],
    )
    const { path } = await extract(media, source, { conversion: { normalize: true } })
    const { tags, hasCover } = await describeFile(path)
    assert.deepEqual([Object.keys(tags).sort(), hasCover], [['encoder', 'title'], true])
    assert.ok((await readFile(path)).includes('image/png'))
  })

  test('encodes what comes out unsound when it is copied, and goes without a cover with which it is', async () => {
    const source = await makeSong('-c:a', 'aac', '-f', 'ipod')
    for (const [format, sign] of [
      ['m4a', '-c:a copy'],
      ['flac', '-c:v copy'],
    ] as const) {
      // What such an ffmpeg writes in that way is another codec, or another rate.
      const other = format === 'm4a' ? '-c:a alac -f ipod' : '-ar 96000 -f flac'
      const spoil = `ffmpeg -v error -i "$file" -map 0:a ${other} "$file.x" && mv "$file.x" "$file"`
      const ffmpegPath = await media.write(
        'ffmpeg',
        `#!/bin/sh\nffmpeg "$@" || exit\nfor file; do :; done\nfile=\${file#file:}\ncase "$*" in *'${sign}'*) ${spoil} ;; esac\n`,
      )
      await chmod(ffmpegPath, 0o755)
      const audio = await extract(media, source, { ffmpegPath, conversion: { format } })
      assert.ok(Math.abs(audio.durationSeconds - 6) < 0.03)
      assert.deepEqual(audio.warnings, [])
      assert.equal((await describeFile(audio.path)).hasCover, format === 'm4a')
    }
  })

  test('goes without a cover that cannot be written', async () => {
    const broken = await makeSong('-c:a', 'libmp3lame', '-f', 'mp3')
    const bytes = await readFile(broken)
    bytes.fill(0x41, bytes.indexOf('image/jpeg') + 12, bytes.indexOf('image/jpeg') + 200)
    await writeFile(broken, bytes)
    const { durationSeconds } = await extract(media, broken, { conversion: { format: 'flac' } })
    assert.ok(Math.abs(durationSeconds - 6) < 0.02)
  })
})
