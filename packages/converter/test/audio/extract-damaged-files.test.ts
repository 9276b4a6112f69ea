import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { ffmpeg, wholeFile } from '@jackalope/local-servers/testing'
import { extract } from '../support/extract.ts'
import { openMediaFolder, overwriteMiddle, truncate } from '../support/media-folder.ts'
import type { MediaName } from '../support/media-recipes.ts'

const media = await openMediaFolder(wholeFile)

/** Converts, and checks that the owner is told what is missing. */
async function assertDelivered(
  file: string,
  { seconds, warning }: { seconds: [from: number, to: number]; warning: RegExp },
): Promise<void> {
  const { durationSeconds, warnings } = await extract(media, file)
  const told = warnings.map(({ code, text }) => `${code}: ${text}`).join('\n')
  assert.match(told, warning)
  assert.equal(warnings.length, 1, told)
  assert.ok(durationSeconds > seconds[0] && durationSeconds < seconds[1], `${durationSeconds} s`)
}

// Two at once: a test spends most of its time waiting for other processes.
describe('extractAudio, on damaged files', { concurrency: 2 }, () => {
  const containers: MediaName[] = ['faststart.mp4', 'good.mkv', 'good.webm', 'good.flv', 'good.avi']

  for (const name of [...containers, 'good.ogg', 'good.mp3', 'good.flac', 'good.wmv'] as MediaName[])
    test(`delivers what is left of a corrupt ${name}`, async () => {
      const file = await media.write('corrupt', await overwriteMiddle(await media.get(name)))
      await assertDelivered(file, {
        seconds: [3.5, 9.6],
        warning:
          /^(damaged: The file is damaged|incomplete: The file ends too early): \d\.\d of (9\.\d|10\.\d) s could be read\.$/,
      })
    })

  for (const name of [...containers, 'good.mp3', 'good.flac'] as MediaName[])
    test(`delivers what is left of a truncated ${name}`, async () => {
      const file = await media.write('truncated', await truncate(await media.get(name), 0.6))
      await assertDelivered(file, {
        seconds: [4.5, 7],
        warning:
          /^(incomplete: The file ends too early|damaged: The file is damaged): [5-6]\.\d of 10\.\d s could be read\.$/,
      })
    })

  test('delivers a truncated recording that states no length, and says that it was cut', async () => {
    const file = await media.write('truncated', await truncate(await media.get('recorded.webm'), 0.6))
    await assertDelivered(file, {
      seconds: [5, 7],
      warning: /^incomplete: The file is not whole: it was cut off/,
    })
  })

  test('delivers a transport stream that lost packets, was cut, or begins in the middle', async () => {
    const bytes = await readFile(await media.get('good.ts'))
    const holed = Buffer.from(bytes).fill(0, 188 * 600, 188 * 800)
    await assertDelivered(await media.write('holed', holed), { seconds: [8, 9.9], warning: /^damaged:/ })
    // After the first packet of some frames of sound.
    let end = 188 * 700
    while ((bytes.readUInt16BE(end + 1) & 0x5fff) !== 0x4101) end += 188
    const cut = bytes.subarray(0, end + 188)
    await assertDelivered(await media.write('cut', cut), {
      seconds: [4, 7],
      warning: /^incomplete:.*cut off/,
    })
    const late = await extract(media, await media.write('late', bytes.subarray(5_001)))
    assert.ok(late.durationSeconds > 9)
    const { warnings } = await extract(
      media,
      await media.write('junk', Buffer.concat([bytes, Buffer.alloc(100, 9)])),
    )
    assert.deepEqual(warnings, [])
  })

  test('delivers without a warning what every player plays: a WAV of a pipe, an MP3 with something behind it', async () => {
    const wav = await readFile(await media.get('good.wav'))
    wav.writeUInt32LE(0xffff_ffff, wav.indexOf('data') + 4)
    const mp3 = await readFile(await media.get('good.mp3'))
    const files = [
      wav,
      Buffer.concat([mp3, Buffer.alloc(5_000)]),
      Buffer.concat([mp3, Buffer.from('LYRICSBEGINxLYRICS200')]),
    ]
    for (const content of files) {
      const { durationSeconds, warnings } = await extract(media, await media.write('x', content))
      assert.ok(Math.abs(durationSeconds - 10) < 0.1)
      assert.deepEqual(warnings, [])
    }
  })

  test('says that a Wave64 was cut', async () => {
    const path = media.newPath()
    await ffmpeg('-i', await media.get('good.wav'), '-f', 'w64', `file:${path}`)
    const bytes = await readFile(path)
    const { warnings } = await extract(media, path)
    assert.deepEqual(warnings, [])
    const cut = await media.write('cut', bytes.subarray(0, Math.floor(bytes.length * 0.6)))
    await assertDelivered(cut, { seconds: [5.5, 6.5], warning: /^incomplete: .*6\.0 of 10\.0 s/ })
  })

  test('delivers an AIFF, a Wave64 and a CAF of a pipe without a warning, and says that a CAF was cut', async () => {
    const make = async (...format: string[]) => {
      const path = media.newPath()
      await ffmpeg('-i', await media.get('good.wav'), ...format, `file:${path}`)
      return readFile(path)
    }
    const aiff = await make('-f', 'aiff')
    const w64 = await make('-f', 'w64')
    const caf = await make('-c:a', 'pcm_s16be', '-f', 'caf')
    // Sizes of the file, of the sound, and how many samples.
    const openAiff = (size: number) => {
      const bytes = Buffer.from(aiff)
      for (const at of [4, aiff.indexOf('SSND') + 4, aiff.indexOf('COMM') + 10]) bytes.writeUInt32BE(size, at)
      return bytes
    }
    const openW64 = Buffer.from(w64)
    openW64.writeBigUInt64LE(0x7fff_ffff_ffff_ffffn, w64.indexOf('data') + 16)
    const openCaf = Buffer.from(caf)
    openCaf.writeBigInt64BE(-1n, caf.indexOf('data') + 4)
    for (const content of [openAiff(0), openAiff(0x7f00_0000), openAiff(0xffff_ffff), openW64, openCaf]) {
      const { durationSeconds, warnings } = await extract(media, await media.write('x', content))
      assert.ok(Math.abs(durationSeconds - 10) < 0.1, `${durationSeconds} s`)
      assert.deepEqual(warnings, [])
    }
    const cut = await media.write('cut', caf.subarray(0, Math.floor(caf.length * 0.6)))
    await assertDelivered(cut, { seconds: [5.5, 6.5], warning: /^incomplete: .*6\.0 of 10\.0 s/ })
  })

  test('says that frames of an MP3 could not be decoded, with tags around them and without', async () => {
    const bytes = await readFile(await media.get('good.mp3'))
    // Behind the header of a frame in the middle; it has 208 or 209 bytes.
    const at = bytes.indexOf(Buffer.from('fffb50', 'hex'), 40_000)
    assert.ok(at > 0)
    const spoiled = Buffer.from(bytes).fill(0xff, at + 4, at + 200)
    for (const content of [spoiled, Buffer.concat([spoiled, Buffer.from('TAG'.padEnd(128, '\0')), bytes])])
      assert.match(
        (await extract(media, await media.write('x', content))).warnings[0]?.code ?? '',
        /^damaged$/,
      )
  })

  test('says that a program stream was cut between two packs', async () => {
    const bytes = await readFile(await media.get('good.mpg'))
    const cut = bytes.subarray(0, Math.floor((bytes.length * 0.6) / 2_048) * 2_048)
    await assertDelivered(await media.write('cut', cut), {
      seconds: [4, 7],
      warning: /^incomplete:.*cut off/,
    })
  })

  test('takes a program stream whose sound is shorter than its pictures for whole', async () => {
    const path = media.newPath()
    await ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc=s=160x120:r=25:d=8', '-f', 'lavfi', '-i', 'sine=f=440:r=48000:d=5'],
      ...['-c:v', 'mpeg2video', '-c:a', 'mp2', '-f', 'vob', `file:${path}`],
    )
    const { durationSeconds, warnings } = await extract(media, path)
    assert.ok(Math.abs(durationSeconds - 5) < 0.1, `${durationSeconds} s`)
    assert.deepEqual(warnings, [])
  })

  test('leaves out a jump of the clock', async () => {
    const path = media.newPath()
    const later = 'gt(N\\,200)*36000/TB'
    await ffmpeg(
      ...[
        '-i',
        await media.get('good.ts'),
        '-vn',
        '-c',
        'copy',
        '-bsf:a',
        `setts=pts=PTS+${later}:dts=DTS+${later}`,
      ],
      ...['-f', 'mp4', `file:${path}`],
    )
    const { durationSeconds } = await extract(media, path)
    assert.ok(Math.abs(durationSeconds - 10) < 0.2, `${durationSeconds} s`)
  })
})
