import assert from 'node:assert/strict'
import { open, readFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { ffmpeg, wholeFile } from '@jackalope/local-servers/testing'
import { extract } from '../support/extract.ts'
import { hear, isTone } from '../support/hear.ts'
import { openMediaFolder } from '../support/media-folder.ts'
import { writeTone } from '../support/tones.ts'

const media = await openMediaFolder(wholeFile)
const seconds = 3

async function tone(frequency: number, picture: boolean, ...options: string[]): Promise<Buffer> {
  const path = media.newPath()
  await writeTone(path, { seconds, frequency, picture }, ...options)
  return readFile(path)
}

/** The head of a WAV of one byte a sample. */
function wavHead(sampleRate: number, samples: number): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF____WAVEfmt ')
  head.writeUInt32LE(36 + samples, 4)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(sampleRate, 24)
  head.writeUInt32LE(sampleRate, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples, 40)
  return head
}

/** Extracts, and checks that both tones are there, one after the other, without a warning. */
async function assertBoth(name: string, ...parts: Buffer[]): Promise<void> {
  const audio = await extract(media, await media.write(name, Buffer.concat(parts)))
  assert.deepEqual(audio.warnings, [])
  const sound = await hear(audio.path)
  assert.ok(Math.abs(sound.seconds - 2 * seconds) < 0.15, `${sound.seconds} s`)
  assert.ok(isTone(sound.toneAt(1), 440), `first ${sound.toneAt(1)} Hz`)
  assert.ok(isTone(sound.toneAt(seconds + 1.5), 1_000), `then ${sound.toneAt(seconds + 1.5)} Hz`)
}

const fragments = ['-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4']
const webm = ['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus', '-f', 'webm']
const kinds: Record<string, { picture: boolean; options: string[] }> = {
  'recordings of a browser (mp4)': { picture: true, options: ['-c:a', 'libopus', ...fragments] },
  'recordings of a browser (webm)': { picture: true, options: [...webm, '-live', '1'] },
  mp4: { picture: true, options: ['-c:a', 'aac', '-f', 'mp4'] },
  mkv: { picture: true, options: ['-c:a', 'aac', '-f', 'matroska'] },
  flv: { picture: true, options: ['-c:a', 'aac', '-f', 'flv'] },
  ts: { picture: true, options: ['-c:a', 'aac', '-f', 'mpegts'] },
  wmv: { picture: true, options: ['-c:v', 'wmv2', '-c:a', 'wmav2', '-f', 'asf'] },
  wav: { picture: false, options: ['-f', 'wav'] },
  aiff: { picture: false, options: ['-f', 'aiff'] },
  flac: { picture: false, options: ['-f', 'flac'] },
  'caf (ALAC)': { picture: false, options: ['-c:a', 'alac', '-f', 'caf'] },
  wavpack: { picture: false, options: ['-c:a', 'wavpack', '-f', 'wv'] },
  'true audio': { picture: false, options: ['-c:a', 'tta', '-f', 'tta'] },
  wave64: { picture: false, options: ['-f', 'w64'] },
  ogg: { picture: false, options: ['-c:a', 'libvorbis', '-f', 'ogg'] },
  mp3: { picture: false, options: ['-c:a', 'libmp3lame', '-f', 'mp3'] },
}

// Two at once: a test spends most of its time waiting for other processes.
describe('extractAudio, on files that were joined byte by byte', { concurrency: 2 }, () => {
  for (const [name, { picture, options }] of Object.entries(kinds))
    test(`reads all of ${name}`, async () => {
      await assertBoth(name, await tone(440, picture, ...options), await tone(1_000, picture, ...options))
    })

  test('reads a recording whose codec changes, under another packet id and under the same', async () => {
    const ac3 = await tone(440, true, '-c:a', 'ac3', '-f', 'mpegts')
    const aac = ['-c:a', 'aac', '-f', 'mpegts']
    await assertBoth('other.ts', ac3, await tone(1_000, true, '-streamid', '1:400', ...aac))
    await assertBoth('same.ts', ac3, await tone(1_000, true, ...aac))
  })

  test('reads MP3s of other rates and channels, and many', async () => {
    const mp3 = ['-c:a', 'libmp3lame', '-f', 'mp3']
    const mono = await tone(440, false, ...mp3)
    await assertBoth('rates.mp3', mono, await tone(1_000, false, '-ar', '44100', '-ac', '2', ...mp3))
    const many = await media.write('many.mp3', Buffer.concat(Array(20).fill(mono)))
    const { durationSeconds, warnings } = await extract(media, many)
    assert.ok(Math.abs(durationSeconds - 20 * seconds) < 1, `${durationSeconds} s`)
    assert.deepEqual(warnings, [])
  })

  test('reads as many recordings as are joined, at most', async () => {
    const part = await tone(440, true, '-c:a', 'aac', '-f', 'mp4')
    const joined = await media.write('many.mp4', Buffer.concat(Array(70).fill(part)))
    const { durationSeconds, warnings } = await extract(media, joined)
    assert.ok(Math.abs(durationSeconds - 64 * seconds) < 2, `${durationSeconds} s`)
    assert.match(warnings[0]?.text ?? '', /consists of 70 recordings, of which 64 could be read/)
  })

  test('refuses recordings that state days for their length, and does not ask for room for them', async () => {
    const samples = 4_000_000_000
    const joined = await media.write('days.wav', wavHead(600, samples))
    // Of the silence between, nothing is on the disk.
    const file = await open(joined, 'r+')
    await file.write(
      Buffer.concat([wavHead(96_000, 96_000), Buffer.alloc(96_000, 128)]),
      0,
      null,
      44 + samples,
    )
    await file.close()
    await assert.rejects(extract(media, joined, { maxAudioSeconds: 5 }), { code: 'ERR_AUDIO_TOO_LONG' })
  })

  test('refuses noise of a few bytes that would fill the disk between', {
    skip: process.platform !== 'linux',
  }, async () => {
    const path = media.newPath()
    const noise = ['-f', 'lavfi', '-i', 'anoisesrc=r=48000:d=20', '-ac', '2', '-c:a', 'adpcm_ima_wav']
    await ffmpeg(...noise, '-live', '1', '-f', 'matroska', `file:${path}`)
    const part = await readFile(path)
    const joined = await media.write('noise.mkv', Buffer.concat([part, part]))
    await assert.rejects(extract(media, joined, { maxAudioBytes: 1_000_000 }), {
      code: 'ERR_AUDIO_TOO_LARGE',
      isPermanent: true,
    })
  })

  test('tells how many of the recordings could not be read', async () => {
    const whole = await tone(440, true, '-c:a', 'aac', '-f', 'mp4')
    const broken = Buffer.from(whole)
    broken.write('xxxx', broken.indexOf('mp4a'), 'latin1')
    broken.write('yyyy', broken.indexOf('esds'), 'latin1')
    const { warnings, durationSeconds } = await extract(
      media,
      await media.write('joined.mp4', Buffer.concat([whole, broken])),
    )
    assert.ok(Math.abs(durationSeconds - seconds) < 0.1)
    assert.match(warnings[0]?.text ?? '', /consists of 2 recordings, of which 1 could be read/)
  })

  test('reads on when the rate or the channels change, into every format', async () => {
    const other = ['-ar', '32000', '-ac', '2', '-c:a', 'aac']
    const ts = [
      await tone(440, false, '-c:a', 'aac', '-f', 'mpegts'),
      await tone(1_000, false, ...other, '-f', 'mpegts'),
    ]
    const aac = [
      await tone(440, false, '-c:a', 'aac', '-f', 'adts'),
      await tone(1_000, false, ...other, '-f', 'adts'),
    ]
    const inputs = [
      await media.write('x.ts', Buffer.concat(ts)),
      await media.write('x.aac', Buffer.concat(aac)),
    ]
    for (const input of inputs)
      for (const format of ['mp3', 'm4a', 'opus', 'flac'] as const) {
        const audio = await extract(media, input, { conversion: { format } })
        const sound = await hear(audio.path)
        assert.ok(Math.abs(sound.seconds - 2 * seconds) < 0.2, `${format}: ${sound.seconds} s`)
        assert.ok(
          Math.abs(audio.durationSeconds - 2 * seconds) < 0.2,
          `${format}: ${audio.durationSeconds} s`,
        )
        assert.ok(isTone(sound.toneAt(seconds + 1.5), 1_000))
        assert.deepEqual(audio.warnings, [])
      }
  })
})
