import assert from 'node:assert/strict'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { ffmpeg, wholeFile } from '@jackalope/local-servers/testing'
import { extract, probeFile } from '../support/extract.ts'
import { hear } from '../support/hear.ts'
import { openMediaFolder } from '../support/media-folder.ts'
import { goodNames } from '../support/media-recipes.ts'

const media = await openMediaFolder(wholeFile)

// Two at once: a test spends most of its time waiting for other processes.
describe('extractAudio, on good files', { concurrency: 2 }, () => {
  for (const name of goodNames)
    test(`extracts the whole audio of ${name}`, async () => {
      const audio = await extract(media, await media.get(name))
      assert.ok(audio.durationSeconds > 9.9 && audio.durationSeconds < 10.2, `${audio.durationSeconds} s`)
      assert.ok(
        Math.abs(audio.sizeBytes - audio.durationSeconds * 24_000) < 2_000,
        `${audio.sizeBytes} bytes`,
      )
    })

  test('writes MP3 with an exact length and without the tags of the video', async () => {
    const { path, durationSeconds } = await extract(media, await media.get('moov-at-end.mp4'))
    const {
      container,
      streams: [audio],
    } = await probeFile(path)
    assert.equal(container, 'mp3')
    assert.equal(audio?.codec_name, 'mp3')
    // ffprobe counts the encoder's padding.
    assert.ok(Math.abs((audio?.duration ?? 0) - durationSeconds) < 0.06)
    assert.ok((await readFile(path)).subarray(0, 4_000).includes('Info'), 'has a Xing/Info header')
  })

  test('is not deceived by the length that the container claims', async () => {
    // ffmpeg 5 believes the container's length of 2,147,483 s, ffmpeg 7 does not.
    const { durationSeconds } = await extract(media, await media.get('lying-container.mp4'))
    assert.ok(durationSeconds > 9.9 && durationSeconds < 10.2)
  })

  for (const name of ['gap.mp4', 'gap.mkv', 'gap.ts'] as const)
    test(`fills the silence that the recorder of ${name} left out`, async () => {
      const { durationSeconds } = await extract(media, await media.get(name))
      assert.ok(durationSeconds > 9.9 && durationSeconds < 10.2, `${durationSeconds} s`)
    })

  for (const name of ['late-audio.mp4', 'late-audio.mkv', 'late-audio.flv'] as const)
    test(`takes the shorter audio of ${name} for what it is`, async () => {
      const { durationSeconds } = await extract(media, await media.get(name))
      assert.ok(durationSeconds > 3.9 && durationSeconds < 4.2, `${durationSeconds} s`)
    })

  test('takes a late track for whole of which the edit list plays a part', async () => {
    const bytes = await readFile(await media.get('late-audio.mp4'))
    // The list of the sound has a pause of 3 s, and 4 s of sound, of which one is to be played.
    const at = bytes.indexOf('elst\0\0\0\0\0\0\0\x02', 0, 'latin1')
    assert.ok(at > 0)
    bytes.writeUInt32BE(1_000, at + 24)
    const { durationSeconds, warnings } = await extract(media, await media.write('part.mp4', bytes))
    assert.ok(durationSeconds > 0.95 && durationSeconds < 1.1, `${durationSeconds} s`)
    assert.deepEqual(warnings, [])
  })

  test('extracts the first of several audio tracks, and very short audio', async () => {
    assert.ok((await extract(media, await media.get('two-tracks.mkv'))).durationSeconds > 9.9)
    const { durationSeconds } = await extract(media, await media.get('short.mp4'))
    assert.ok(durationSeconds > 0.25 && durationSeconds < 0.5, `${durationSeconds} s`)
  })

  test('finds sound that begins behind megabytes of pictures', async () => {
    const picture = 'testsrc=s=640x480:r=25:d=2.5,noise=alls=100:allf=t'
    for (const format of ['mpegts', 'vob']) {
      const path = media.newPath()
      await ffmpeg(
        ...['-f', 'lavfi', '-i', picture, '-itsoffset', '1.5', '-f', 'lavfi', '-i', 'sine=f=440:r=48000:d=1'],
        ...['-c:v', 'mpeg2video', '-q:v', '1', '-g', '1', '-c:a', 'mp2', '-f', format, `file:${path}`],
      )
      const { durationSeconds, warnings } = await extract(media, path)
      assert.ok(Math.abs(durationSeconds - 1) < 0.1, `${format}: ${durationSeconds} s`)
      assert.deepEqual(warnings, [])
    }
  })

  test('works in folders and on files of any name', async () => {
    const names = [
      'it\'s "quoted".mp4',
      '-i.mp4',
      'http:colon.mp4',
      'a b  c.mp4',
      'líne\nbreak-日本.mp4',
      '%03d.mp4',
      'concat:a|b',
    ]
    for (const name of names) {
      const folder = join(media.newPath(), name)
      await mkdir(folder, { recursive: true })
      const input = join(folder, name)
      await copyFile(await media.get('good.m4a'), input)
      await extract({ ...media, newPath: () => join(folder, `${name}.out`) }, input)
    }
  })

  test('tells its progress as a share of the audio', async () => {
    const shares: number[] = []
    await extract(media, await media.get('moov-at-end.mp4'), { onProgress: share => shares.push(share) })
    assert.ok(shares.length > 0)
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    )
    assert.ok((shares.at(-1) ?? 0) > 0.99)
  })

  test('reads what recorders of radio, film and telephone write', async () => {
    const kinds: Record<string, string[]> = {
      AIFF: ['-f', 'aiff'],
      'CAF with ALAC': ['-c:a', 'alac', '-f', 'caf'],
      'CAF with PCM': ['-c:a', 'pcm_s16be', '-f', 'caf'],
      AU: ['-f', 'au'],
      W64: ['-f', 'w64'],
      'AC-3': ['-c:a', 'ac3', '-f', 'ac3'],
      'E-AC-3': ['-c:a', 'eac3', '-f', 'eac3'],
      DTS: ['-c:a', 'dca', '-strict', '-2', '-f', 'dts'],
      GSM: ['-c:a', 'libgsm', '-ar', '8000', '-ac', '1', '-f', 'gsm'],
      WavPack: ['-c:a', 'wavpack', '-f', 'wv'],
      MXF: ['-c:a', 'pcm_s16le', '-ar', '48000', '-f', 'mxf_opatom'],
    }
    for (const [name, options] of Object.entries(kinds)) {
      const input = media.newPath()
      await ffmpeg('-f', 'lavfi', '-i', 'sine=f=440:r=48000:d=2', ...options, `file:${input}`)
      const { durationSeconds, warnings } = await extract(media, input)
      assert.ok(Math.abs(durationSeconds - 2) < 0.1, `${name}: ${durationSeconds} s`)
      assert.deepEqual(warnings, [], name)
    }
  })

  // No encoder of AMR is there: its frames are random bits, which sound like a storm.
  test('reads AMR of telephones, narrow and wide, bare and in 3GP, and says that it was cut', async () => {
    const frames = (magic: string, header: number, bytes: number) => {
      let seed = 7
      const storm = Buffer.alloc(100 * bytes).map((_, at) => {
        seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
        return at % bytes === 0 ? header : (seed >> 16) & 0xff
      })
      return Buffer.concat([Buffer.from(magic), storm])
    }
    const kinds = [frames('#!AMR\n', 0x3c, 32), frames('#!AMR-WB\n', 0x44, 61)]
    for (const content of kinds) {
      const bare = await media.write('x', content)
      const phone = media.newPath()
      await ffmpeg('-i', bare, '-c', 'copy', '-f', '3gp', `file:${phone}`)
      for (const file of [bare, phone]) {
        const { durationSeconds, warnings, path } = await extract(media, file)
        assert.ok(Math.abs(durationSeconds - 2) < 0.05, `${durationSeconds} s`)
        assert.deepEqual(warnings, [])
        assert.ok((await hear(path)).level > -50)
      }
      const cut = await extract(media, await media.write('x', content.subarray(0, content.length - 7)))
      assert.equal(cut.warnings.length, 1)
    }
  })
})
