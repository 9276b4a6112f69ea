import assert from 'node:assert/strict'
import { readFile, truncate, writeFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { type AudioFormat, conversionOptions } from '@jackalope/contracts'
import { ffmpeg, wholeFile } from '@jackalope/local-servers/testing'
import { outputFormats } from '../../src/audio/output-formats.ts'
import { verifyOutput } from '../../src/audio/verify-output.ts'
import { openMediaFolder } from '../support/media-folder.ts'

const media = await openMediaFolder(wholeFile)
const formats = conversionOptions.shape.format.unwrap().options

const encoders: Record<AudioFormat, [encoder: string, codec: string]> = {
  mp3: ['libmp3lame', 'mp3'],
  m4a: ['aac', 'aac'],
  opus: ['libopus', 'opus'],
  flac: ['flac', 'flac'],
  wav: ['pcm_s16le', 'pcm_s16le'],
}

async function make(format: AudioFormat, seconds = 1) {
  const path = media.newPath()
  const [encoder, codec] = encoders[format]
  const tone = ['-f', 'lavfi', '-i', `sine=440:d=${seconds}:r=48000`, '-t', String(seconds)]
  await ffmpeg(...tone, '-c:a', encoder, '-f', outputFormats[format].muxer, `file:${path}`)
  const plan = { format: outputFormats[format], expected: { codec, sampleRate: 48_000, channels: 1 } }
  return { path, plan }
}

describe('verifyOutput', { concurrency: 2 }, () => {
  for (const format of formats) {
    test(`takes a whole ${format}, and knows its length`, async () => {
      const { path, plan } = await make(format)
      const { durationSeconds, fault } = await verifyOutput(path, plan)
      assert.equal(fault, undefined)
      assert.ok(Math.abs(durationSeconds - 1) < 0.002, `${durationSeconds} s`)
    })

    test(`finds an empty ${format}, and one of another kind`, async () => {
      const { path, plan } = await make(format, 0)
      assert.equal((await verifyOutput(path, plan)).durationSeconds, 0)
      await writeFile(path, 'This is no audio at all, though it is long enough to be looked at. '.repeat(9))
      assert.ok((await verifyOutput(path, plan)).fault)
      const other = await make(format === 'wav' ? 'mp3' : 'wav')
      assert.ok((await verifyOutput(other.path, plan)).fault)
    })
  }

  for (const format of ['mp3', 'm4a', 'opus', 'wav'] as const)
    test(`finds that the end of an ${format} is missing`, async () => {
      const { path, plan } = await make(format)
      await truncate(path, (await readFile(path)).length - 300)
      assert.ok((await verifyOutput(path, plan)).fault)
    })

  test('finds another codec, sample rate or number of channels than was planned', async () => {
    const { path, plan } = await make('wav')
    const faultOf = async (expected: object) =>
      (await verifyOutput(path, { ...plan, expected: { ...plan.expected, ...expected } })).fault
    assert.equal(await faultOf({ codec: 'pcm_s24le' }), 'its codec is pcm_s16le, not pcm_s24le')
    assert.equal(await faultOf({ sampleRate: 44_100 }), 'it has 48000 Hz, not 44100')
    assert.equal(await faultOf({ channels: 2 }), 'it has 1 channels, not 2')
  })

  test('takes no file for no output', async () => {
    const { plan } = await make('mp3')
    assert.deepEqual(await verifyOutput(media.newPath(), plan), {
      sizeBytes: 0,
      durationSeconds: 0,
      fault: undefined,
    })
  })
})
